// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "sdk/pending_file.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host {

/// Appends `line` and a line break in one write. Throws Error(environment).
SPANLAB_API void append_line(const std::filesystem::path& file, std::string_view line);

/// The whole file. Throws Error(environment), also where reading breaks off.
SPANLAB_API std::string read_file(const std::filesystem::path& file);

/// Makes `folder` and those above it, durably. Throws Error(environment).
SPANLAB_API void make_folder(const std::filesystem::path& folder);

/// Makes the content of `file` durable. Throws Error(environment).
SPANLAB_API void sync_file(const std::filesystem::path& file);

/// Throws Error(environment) unless files can be written below `root`, which is made if need be.
SPANLAB_API void check_writable(const std::filesystem::path& root);

/// Now, as `2026-03-01T12:00:00Z`.
SPANLAB_API std::string utc_now();

}  // namespace spanlab::host
