// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "spanlab/export.hpp"

namespace spanlab {

/// How many lines are shown of the log of what failed.
inline constexpr std::size_t kTailLines = 10;

/// The last `count` lines of a log from byte `from` on, without empty ones; control characters become spaces, so that they can stand on a terminal.
SPANLAB_API std::vector<std::string> log_tail(const std::filesystem::path& file, std::size_t count,
                                                  std::uintmax_t from = 0);

}  // namespace spanlab
