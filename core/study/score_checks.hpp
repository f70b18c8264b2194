// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "data/card.hpp"
#include "evaluate/score_groups.hpp"
#include "settings/configuration.hpp"
#include "study/checks.hpp"
#include "study/study.hpp"

namespace spanlab::host {

/// What the trials of a study will have scores for, by the rule that they follow themselves
/// (evaluate/score_groups.hpp).
class ScoreChecks {
 public:
  explicit ScoreChecks(const CardIndex& cards) : cards_(cards) {}

  /// Takes up a whole configuration. Two things whose scores would have one name are a problem of the task
  /// that can be renamed; `place_of` gives it its place.
  void add(const Configuration& configuration, const PlaceOf& place_of, Problems& problems);

  /// Checks that some configuration has such a score, and a type of the name that it speaks of; types that a
  /// file lists are known where the data set lies on this machine. Views that no task learns, and their
  /// union, may be named: that is warned of.
  void check(const Metric& metric, Problems& problems, Problems& warnings) const;

  /// The score paths of a report that asks for none, for a configuration.
  std::vector<std::string> defaults(const Configuration& configuration) const;

 private:
  using Types = std::optional<Inventory>;  ///< nothing: not known
  struct Shape {
    std::string data;
    /// As full_score_path wants them: those that trials have, then those that they could have.
    std::vector<std::string> groups;
    std::size_t present = 0;             ///< how many of them trials have
    std::map<std::string, Types> types;  ///< of each group, or of ""
  };

  Types types_of(const DataCard& card, const std::string& view);
  std::optional<std::string> problem_of(const Metric& metric, const Shape& shape) const;
  void check_recorded(const Metric& metric, Problems& problems) const;

  const CardIndex& cards_;
  std::map<std::vector<std::string>, Shape> shapes_;  ///< by what decides them: data set, tasks, views
  std::map<std::string, Types> read_;                 ///< types files, by data set
  std::set<std::string> places_;                      ///< of components, which may record something
};

}  // namespace spanlab::host
