// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "spanlab/parameters.hpp"
#include "host.hpp"

namespace spanlab::test {

/// The levels of agreement as a fixture gives them: {"high": [0.9], "medium": [0.8], "low": [0.6, 0.31],
/// "rest": {…}}, the second number of `low` being that of the conflicting type. What the other types get, its
/// `rest`, follows from these.
struct AgreementValues {
  explicit AgreementValues(const nlohmann::json& fixture);

  /// Parameters of the labeler `agreement`.
  std::map<std::string, Value> given() const;
  /// Which level gives a type the target `target`, or one near it; `negative` for 0.
  std::string level_of(double target) const;

  double high, medium, low, conflict;
};

}  // namespace spanlab::test
