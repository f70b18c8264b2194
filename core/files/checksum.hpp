// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "spanlab/export.hpp"

namespace spanlab::host {

/// SHA-256 of a whole file or of bytes, lower-case hexadecimal.
SPANLAB_API std::string sha256_of_file(const std::filesystem::path& file);
SPANLAB_API std::string sha256_of(std::string_view bytes);

/// The same of a large file from the user's cache, as long as it has the size and time it had then.
SPANLAB_API std::string remembered_sha256_of_file(const std::filesystem::path& file);

}  // namespace spanlab::host
