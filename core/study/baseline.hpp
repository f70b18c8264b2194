// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "study/rows.hpp"

namespace spanlab::host {

/// What rows have at the factors of a study.
class Factors {
 public:
  Factors(std::vector<std::string> factors, const Registry& registry)
      : factors_(std::move(factors)), registry_(registry) {}

  /// A variant's name, or what stands at the path without what other factors say about its inside; null if
  /// the row has no such path.
  SharedJson value(const Row& row, const std::string& path) const;

  /// A part that could stand at a path, without what other factors say about its inside.
  SharedJson value(const Part& part, const std::string& path) const;

 private:
  std::vector<std::string> factors_;
  const Registry& registry_;
};

/// The values at the paths of the study's baseline, {path: value}, which must be those of some row: rows that
/// have them are what others are compared with. Null if there are no rows, or something is wrong, which is
/// added to the problems.
SharedJson find_baseline(const NamedPoint& baseline, const std::vector<Row>& rows, const Factors& factors,
                         BaseModel& base, Problems& problems);

}  // namespace spanlab::host
