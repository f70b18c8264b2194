// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "spanlab/error.hpp"

// The one reader of JSON. No other place calls the library's parser, whose exceptions name no file and do not
// all derive from one.

namespace spanlab {

inline constexpr int kDeepestJson = 100;  ///< lists and objects inside each other

/// Parses one JSON value; a byte order mark may stand before it. `first_line` is the line that `text` starts
/// at. If it is malformed (not UTF-8, a number beyond a double's range, a key that stands twice, deeper than
/// kDeepestJson): a problem with file, line and column, and a null. Whole numbers beyond 64 bits are
/// floating-point numbers, which is_number_integer() tells apart.
SPANLAB_API nlohmann::json parse_json(std::string_view text, const std::filesystem::path& file,
                                      std::int64_t first_line, std::vector<Problem>& problems);

/// The same with members in the order of the file.
SPANLAB_API nlohmann::ordered_json parse_ordered_json(std::string_view text,
                                                      const std::filesystem::path& file,
                                                      std::int64_t first_line,
                                                      std::vector<Problem>& problems);

/// The same of a text that stands in something else, say in a file's header. Throws Error(data).
SPANLAB_API nlohmann::json parse_json(std::string_view text, const std::filesystem::path& file);

/// A whole file that holds one value. Throws Error(data): it does not exist, cannot be read or is malformed.
SPANLAB_API nlohmann::json read_json_file(const std::filesystem::path& file);

/// A value in at most about 60 bytes, for messages.
SPANLAB_API std::string shown(const nlohmann::json& value);

}  // namespace spanlab
