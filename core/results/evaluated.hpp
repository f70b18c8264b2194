// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "data/card.hpp"
#include "data/dataset.hpp"
#include "store/run_store.hpp"
#include "tasks/prediction.hpp"

namespace spanlab::host {

/// One group of a trial's scores (evaluate/score_groups.hpp): what was right and what it said, sentence by
/// sentence.
struct EvaluatedGroup {
  std::string name;  ///< empty where scores are not grouped
  Inventory inventory;
  std::vector<Annotation> gold;
  std::vector<Prediction> predicted;
};

/// What a finished attempt was scored on, and what it said.
struct Evaluated {
  std::string split;  ///< as the trial's data name it: `test`, `dev1`
  Overlap overlap = Overlap::allowed;
  std::shared_ptr<const Corpus> corpus;
  std::vector<EvaluatedGroup> groups;
};

/// Puts stored predictions beside the data that they were made of, which are read once for trials that share
/// them.
class SPANLAB_API EvaluatedReader {
 public:
  EvaluatedReader(const Registry& registry, const CardIndex& cards) : registry_(registry), cards_(cards) {}

  /// Throws Error(data or environment): the data set is not at hand, or is not what the trial was scored on;
  /// predictions are missing or damaged.
  Evaluated read(const PlannedTrial& trial, const Attempt& attempt);

  /// The sentences of a part, `train`, `dev` or `test`, of the trial's data. Throws in the same way.
  std::shared_ptr<const Corpus> part(const PlannedTrial& trial, const std::string& part);

 private:
  const Registry& registry_;
  const CardIndex& cards_;
  std::map<std::string, std::shared_ptr<const Corpus>> read_;
};

}  // namespace spanlab::host
