// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>

namespace spanlab {

/// Writes under a temporary name, syncs and renames. Throws Error(environment) if the disk refuses.
void write_text(const std::filesystem::path& file, const std::string& text);

/// Appends `line` and a line break in one write. Throws Error(environment) if the disk refuses.
void append_line(const std::filesystem::path& file, const std::string& line);

}  // namespace spanlab
