// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "spanlab/export.hpp"

namespace spanlab {

/// Whether a file must have reached the disk when the call returns, or may be lost with the machine's power.
enum class Durability { quick, synced };

/// Replaces `file` as a whole: written under a temporary name beside it (`.NAME.PID`), then renamed. Whoever reads sees the old
/// or the new content, never a part. Throws Error(environment) with the system's reason; the old file stays then.
SPANLAB_API void replace_file(const std::filesystem::path& file, std::string_view bytes, Durability durability);

/// The whole file. Throws Error(environment).
SPANLAB_API std::string read_file(const std::filesystem::path& file);

/// Makes `folder` and those above it. Throws Error(environment).
SPANLAB_API void make_folder(const std::filesystem::path& folder);

/// Removes what a killed `replace_file` left in `folder`. Only for a folder that nobody else writes to.
void remove_temporary_files(const std::filesystem::path& folder);

/// Makes a rename or a new name in `folder` durable.
void sync_folder(const std::filesystem::path& folder);

/// Now, as `2026-03-01T12:00:00Z`.
SPANLAB_API std::string utc_now();

}  // namespace spanlab
