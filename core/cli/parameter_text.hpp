// SPDX-License-Identifier: MIT
#pragma once

#include <iosfwd>
#include <nlohmann/json.hpp>
#include <span>
#include <string>

#include "spanlab/parameters.hpp"

namespace spanlab::host::cli {

/// A declared parameter as JSON: name, type, default, identity and doc; range, choices, unit, role and since
/// where it has them.
nlohmann::ordered_json describe(const Parameter& parameter);

/// Prints `name: integer in [0, 100] (words), default 20` and its sentence below.
void print_parameter(std::ostream& out, const std::string& name, const Parameter& parameter, int columns);

/// The same of several as a table of Markdown: name, value, default, meaning.
std::string markdown_table(std::span<const Parameter> parameters);

}  // namespace spanlab::host::cli
