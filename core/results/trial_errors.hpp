// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "evaluate/error_counts.hpp"
#include "results/evaluated.hpp"

namespace spanlab::host {

/// What a trial said in one group of its scores, and what is wrong with it.
struct TrialErrors {
  PlannedTrial trial;
  EvaluatedGroup group;
  std::vector<Annotation> predicted;  ///< the group's, without scores
  ErrorAnalysis analysis;
};

/// Texts of the entities in the training part of a trial's data, where that is at hand.
class SeenMentions {
 public:
  SeenMentions(const PlannedTrial& trial, EvaluatedReader& reader);

  bool known() const { return training_ != nullptr; }
  /// Of the view that has the group's name, else of all views; null where they are not known.
  const Mentions* of(const std::string& group) const;

 private:
  std::shared_ptr<const Corpus> training_;
  mutable std::map<std::string, Mentions> found_;
};

/// The errors of one group of a trial.
TrialErrors errors_of(const PlannedTrial& trial, const EvaluatedGroup& group, const Evaluated& evaluated,
                      const SeenMentions& seen);

/// Trials that were scored on the same sentences.
struct SharedErrors {
  std::string split;
  Overlap overlap = Overlap::allowed;
  std::shared_ptr<const Corpus> corpus;
  std::vector<std::string> groups;  ///< all that there are
  std::string group;                ///< the one that was read; empty where scores are not grouped
  std::vector<TrialErrors> trials;
  std::vector<std::string> left_out;  ///< trials without a result, and why
  bool knows_seen = false;            ///< whether the training part was at hand
};

/// Reads the finished ones of these trials. `group`: empty, the only one or the first. Throws Error(usage)
/// for a group that there is not, and where no trial is finished; Error(data or environment) as
/// EvaluatedReader::read.
SPANLAB_API SharedErrors read_errors(std::span<const PlannedTrial> trials, const std::string& group,
                                     const RunStore& store, EvaluatedReader& reader);

/// The sums over the trials.
SPANLAB_API ErrorCounts counts_of(const SharedErrors& errors);

}  // namespace spanlab::host
