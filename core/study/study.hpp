// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "spanlab/error.hpp"
#include "spanlab/parameters.hpp"

namespace spanlab {

/// Where a value came from, as messages and `show --origin` print it: `experiments/negatives.lua:12`, `--set`, `profile quick`,
/// `default`.
using Origin = std::string;

/// A value as a script gives it, not yet checked against any schema: a parameter's value, a component with its parameters, or a
/// table of named settings.
struct Setting {
  Origin origin;
  std::string kind;                        ///< `encoder`, `head`, `loss`, `sampler`, `labeler`, `data`, `task`, `variant`; empty otherwise
  std::string id;                          ///< of a component; the name of a data set or a variant
  Value value;                             ///< of a parameter; `monostate` for a component or a table
  std::map<std::string, Setting> members;  ///< of a component or a table
  bool reported = false;                   ///< it is wrong, and the problem has been told already

  /// Which of several named sets of changes a point has, at the path that is their common name. It is no part of the configuration.
  bool is_variant() const { return kind == "variant"; }
  bool is_value() const { return value.index() != 0; }
  /// An empty table of a script: it may stand for an empty list.
  bool is_empty_table() const { return !is_value() && kind.empty() && members.empty(); }
};

/// A path of the configuration and what it is set to.
struct Assignment {
  std::string path;
  Setting setting;
};

/// What differs from the base model. A point of the space, an entry of `ablate`, a profile.
using Point = std::vector<Assignment>;

/// A point with a name: an entry of `ablate` or of `variants`.
struct NamedPoint {
  std::string name;
  Origin origin;
  Point point;
};

/// An entry of `profiles`: what it changes in the base model, and what it has instead of the study's space and seeds.
struct Profile {
  std::string name;
  Origin origin;
  Point point;
  std::vector<std::string> factors;
  std::vector<Point> points;            ///< empty: the study's space
  std::vector<std::int64_t> seeds;      ///< empty: the study's seeds
};

/// A score path that the report shows.
struct Metric {
  std::string path;
  Origin origin;
};

/// The value that a script returns. Its space is expanded already; nothing of it is checked against components or cards.
struct Study {
  std::string name;
  Origin origin;
  std::string question;
  std::string script;                   ///< path as given
  Setting base;                         ///< members: `data`, `encoder`, `train` and one per task
  std::vector<std::string> factors;     ///< paths and names of variants that the space varies, in its order
  std::vector<Point> points;            ///< of the space, in order; one without assignments where there is no space
  std::vector<NamedPoint> ablations;
  std::vector<Profile> profiles;
  std::vector<std::int64_t> seeds;
  std::optional<NamedPoint> baseline;   ///< of the report; its name is empty
  std::vector<Metric> metrics;
  std::vector<Problem> problems;        ///< what reading the script found wrong; `resolve` adds its own and throws them all
};

}  // namespace spanlab
