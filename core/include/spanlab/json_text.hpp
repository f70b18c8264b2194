// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "spanlab/export.hpp"

namespace spanlab {

/// The text of a JSON file, without a byte order mark, that any parser of JSON takes: UTF-8, no number beyond
/// a double's range, no key that stands twice, not too deep. Throws Error(data) with file, line and column,
/// or that the file cannot be read.
SPANLAB_API std::string read_json_text(const std::filesystem::path& file);

/// Checks a text in the same way; `file` is where it comes from, for messages.
SPANLAB_API void check_json_text(std::string_view text, const std::filesystem::path& file);

}  // namespace spanlab
