// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "spanlab/error.hpp"
#include "spanlab/json_view.hpp"

// The one reader of JSON. No other place calls the library's parser, whose exceptions name no file and do not
// all derive from one.

namespace spanlab {

/// Lists and objects inside each other.
inline constexpr int kDeepestJson = 100;

/// Parses one JSON value; a byte order mark may stand before it. `first_line` is the line that `text` starts
/// at. If it is malformed (not UTF-8, a number beyond a double's range, a key that stands twice, deeper than
/// kDeepestJson): a problem with file, line and column, and a null. Whole numbers beyond 64 bits are
/// floating-point numbers, which is_number_integer() tells apart.
SPANLAB_API nlohmann::json parse_json(std::string_view text, const std::filesystem::path& file,
                                      std::int64_t first_line, std::vector<Problem>& problems);

/// The same of a text that stands in something else, say in a file's header. Throws Error(data).
SPANLAB_API nlohmann::json parse_json(std::string_view text, const std::filesystem::path& file);

/// A view of a value, valid as long as the value.
SPANLAB_API JsonView view_of(const nlohmann::json& value);

/// What a view points to; null where it points to nothing.
SPANLAB_API const nlohmann::json& json_of(JsonView view);

/// The names of the members of an object, in the order of the file: of the root's member `key`, or of the
/// root if it is empty. The text must have been parsed without problems.
SPANLAB_API std::vector<std::string> members_in_order(std::string_view text, const std::string& key);

}  // namespace spanlab
