// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "spanlab/export.hpp"
#include "study/study.hpp"

namespace spanlab::host {

/// What a study script may use up. A script beyond the first two ends with Error(usage); beyond `seconds`, a
/// loop inside a C function that nothing else can stop, the whole process ends with exit code 2 and the
/// script's name.
struct ScriptLimits {
  std::size_t memory = std::size_t{256} << 20;  ///< bytes
  std::int64_t instructions = 100'000'000;
  int seconds = 10;
};

/// Runs the script in its sandbox and reads the study that it returns. `modules` are the folders
/// that `require` reads from, after the script's own. Throws Error(usage) with every problem, each as
/// `file:line`.
SPANLAB_API Study load_study(const std::filesystem::path& script,
                             std::span<const std::filesystem::path> modules, const ScriptLimits& limits = {});

/// The folder `scripts/` of the checkout or installation that this library belongs to; empty if there is
/// none.
SPANLAB_API std::vector<std::filesystem::path> script_folders();

}  // namespace spanlab::host
