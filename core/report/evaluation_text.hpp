// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace spanlab::host {

/// Data set, splits, limit and overlap of a configuration: rows that differ in them are not compared. In
/// words.
std::string evaluation_text(const nlohmann::json& configuration);

}  // namespace spanlab::host
