// SPDX-License-Identifier: MIT
#pragma once

#include <iosfwd>
#include <nlohmann/json.hpp>
#include <string>

#include "spanlab/parameters.hpp"

namespace spanlab::host::cli {

/// A declared parameter as JSON: name, type, default, range, choices, unit, identity, doc.
nlohmann::ordered_json describe(const Parameter& parameter);

/// Prints `name: integer in [0, 100] (words), default 20` and its sentence below.
void print_parameter(std::ostream& out, const std::string& name, const Parameter& parameter, int columns);

}  // namespace spanlab::host::cli
