// SPDX-License-Identifier: MIT
#pragma once

#include <functional>

#include "parity/statistics_fixtures.hpp"

namespace spanlab::test {

/// Two systems' counts and what is expected of their comparison.
struct SystemPair {
  std::string place;
  SystemCounts a, b;
  nlohmann::json expected;
};

/// Every comparison in the fixtures: records that hold their counts, and the names of each expected.json with
/// the file of that name beside it.
void for_each_system_pair(const std::function<void(const SystemPair&)>& check);

}  // namespace spanlab::test
