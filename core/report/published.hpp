// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>

// What is published names no folder of a machine.

namespace spanlab::host {

/// `text` with every absolute path cut down to its last name.
std::string without_folders(const std::string& text);

/// A path relative to here, or its last name where it leads elsewhere.
std::filesystem::path published(const std::filesystem::path& path);

}  // namespace spanlab::host
