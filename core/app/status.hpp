// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/study.hpp"
#include "store/attempt.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host::app {

/// Where a trial of a study stands.
struct StudyTrial {
  std::string hash;
  std::string row;  ///< label
  std::int64_t seed = 0;
  TrialStanding standing;
  std::string unreadable;  ///< why its files cannot be read; empty: they can

  /// `finished`, …, or `unreadable`.
  std::string_view state() const { return unreadable.empty() ? to_text(standing.state) : "unreadable"; }
};

struct SPANLAB_API StudyStatus {
  Plan plan;
  std::vector<StudyTrial> trials;        ///< in the plan's order
  std::vector<std::string> other_plans;  ///< of the same study, by their names

  /// Whether a readable trial is in that state.
  bool any(TrialState state) const;
};

/// The trials of the stored plan of `study`, a script or a study's name.
SPANLAB_API StudyStatus study_status(const std::string& study, const Places& places);

}  // namespace spanlab::host::app
