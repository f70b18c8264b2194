// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "spanlab/export.hpp"

// A configuration as plans and trial files hold it: objects in each other, whose values have dotted paths.

namespace spanlab::host {

/// How the path of a component's name ends: `entity.head.component`.
inline constexpr std::string_view kComponentSuffix = ".component";

/// Calls `each` with the dotted path of every value below `node`, by name, a component's name before its
/// parameters; lists are values.
SPANLAB_API void for_each_value(
    const nlohmann::json& node,
    const std::function<void(const std::string& path, const nlohmann::json& value)>& each);

/// The same as a map.
SPANLAB_API std::map<std::string, nlohmann::json> values_by_path(const nlohmann::json& node);

/// The value at a dotted path; null where there is none.
SPANLAB_API const nlohmann::json& value_at(const nlohmann::json& configuration, std::string_view path);

/// True if a dotted path is `above` or leads into it.
SPANLAB_API bool at_or_below(std::string_view path, std::string_view above);

}  // namespace spanlab::host
