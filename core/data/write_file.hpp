// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string_view>

namespace spanlab {

/// Replaces `file` in one step (temporary name beside it, fsync, rename) and makes the folders above it. Throws Error(environment)
/// with the system's reason.
void write_file(const std::filesystem::path& file, std::string_view bytes);

}  // namespace spanlab
