// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "spanlab/export.hpp"

namespace spanlab::host {

/// How many lines are shown of the log of what failed.
inline constexpr std::size_t kTailLines = 10;

/// The last `count` lines of a log from byte `from` on, without empty ones, as text that can stand on a
/// terminal (printable() in text/terminal_text.hpp); a line beyond 1,000 bytes is cut.
SPANLAB_API std::vector<std::string> log_tail(const std::filesystem::path& file, std::size_t count,
                                              std::uintmax_t from = 0);

}  // namespace spanlab::host
