// SPDX-License-Identifier: MIT
#include "parity/agreement_levels.hpp"

#include <cmath>

namespace spanlab::test {

AgreementValues::AgreementValues(const nlohmann::json& fixture)
    : high(fixture.at("high").at(0)),
      medium(fixture.at("medium").at(0)),
      low(fixture.at("low").at(0)),
      conflict(fixture.at("low").at(1)) {}

std::map<std::string, Value> AgreementValues::given() const {
  return {{"high", high}, {"medium", medium}, {"low", low}, {"conflict", conflict}};
}

std::string AgreementValues::level_of(double target) const {
  if (target == 0) return "negative";
  std::pair<double, const char*> nearest{std::abs(target - high), "high"};
  for (const auto& [value, level] : {std::pair(medium, "medium"), std::pair(low, "low")}) {
    if (const double distance = std::abs(target - value); distance < nearest.first)
      nearest = {distance, level};
  }
  return nearest.second;
}

}  // namespace spanlab::test
