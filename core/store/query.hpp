// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "spanlab/export.hpp"

namespace spanlab::host {

/// How two values are compared.
enum class Comparison { equal, unequal, less, at_most, greater, at_least };

/// One part of a query: `entity.sampler.negatives >= 60`.
struct Condition {
  std::string path;  ///< of a configuration value or of a final score; or `seed`, `state`
  Comparison comparison;
  nlohmann::json value;  ///< number, text, true, false or null
};

/// Reads `path op value and path op value …`; op is one of = == != < <= > >=. A path or a text, or a part of
/// a path, may stand in quotes, single or double, in which a doubled one stands for itself:
/// `entity.per_type.'is a'.f1 > 0`. Throws Error(usage) with the place in the text and what was expected.
SPANLAB_API std::vector<Condition> parse_query(const std::string& text);

}  // namespace spanlab::host
