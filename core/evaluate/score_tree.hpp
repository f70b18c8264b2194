// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "spanlab/export.hpp"

namespace spanlab::host {

/// Scores by the parts of their paths: `entity` holds `micro`, which holds `f1`, which is a number.
struct SPANLAB_API ScoreTree {
  using Parts = std::map<std::string, ScoreTree, std::less<>>;

  ScoreTree() = default;
  ScoreTree(double measure) : value(measure) {}
  ScoreTree(std::int64_t count) : value(count) {}
  ScoreTree(Parts parts) : value(std::move(parts)) {}

  /// The part of this name, which is made where it is missing; what is no tree of parts becomes one.
  SPANLAB_API ScoreTree& operator[](const std::string& name);
  /// The part of this name, or null.
  SPANLAB_API const ScoreTree* find(std::string_view name) const;
  /// The number that stands here; none where parts stand, or where there was nothing to measure.
  SPANLAB_API std::optional<double> number() const;

  bool operator==(const ScoreTree&) const = default;

  /// Parts, a measure in percent, a count, or nothing, as the rate of what does not occur.
  std::variant<Parts, std::monostate, double, std::int64_t> value;
};

}  // namespace spanlab::host
