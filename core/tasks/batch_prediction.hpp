// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <span>
#include <vector>

#include "spanlab/candidates.hpp"
#include "spanlab/head.hpp"
#include "tasks/prediction.hpp"

namespace spanlab::host {

/// Puts the predictions of a batch's sentences together from decisions: first the entities of one task, then
/// relations between them.
class SPANLAB_API BatchPrediction {
 public:
  explicit BatchPrediction(std::size_t sentences) : sentences_(sentences) {}

  /// All entities at once. In a sentence they are put in the order of their spans; equal ones stay as given.
  void add_entities(std::span<const Decision> decisions);

  /// A relation between two of the entities, which `ends` counts as they were given. Of a symmetric type the
  /// earlier one becomes the head; what is there already is passed over.
  void add_relation(const Pair& ends, const Decision& decision, bool symmetric);

  /// Counts relations of a sentence that were not predicted.
  void leave_out(std::size_t sentence, std::int64_t relations);

  /// One prediction per sentence.
  std::vector<Prediction> finish();

 private:
  struct Sentence {
    Prediction prediction;
    std::set<Relation> known;
  };

  std::vector<Sentence> sentences_;
  std::vector<std::int32_t> places_;  // of each entity as given: where it stands in its sentence
};

}  // namespace spanlab::host
