// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "tasks/prediction.hpp"

namespace spanlab::host {

/// What one span task of a model with several says about a sentence.
struct TaskPrediction {
  std::string task;
  const Prediction& prediction;
  /// Of the task's view: the names of its types.
  const Inventory& inventory;
};

/// One line of a predictions file, without a line break: SpERT's form with type names, the sentence's id, and
/// scores. `spanlab evaluate` reads it, as any system's in that form (read_spert).
SPANLAB_API std::string prediction_line(const Sentence& sentence, const Prediction& prediction,
                                        const Inventory& inventory);

/// The same of several tasks: entities and relations stand below each one's name.
SPANLAB_API std::string prediction_line(const Sentence& sentence, std::span<const TaskPrediction> tasks);

/// What a predictions file says of these sentences, in their order. Throws Error(environment), or Error(data)
/// with each line that is no prediction of its sentence: other words, a type that the inventory lacks, a span
/// outside the sentence.
SPANLAB_API std::vector<Prediction> read_predictions(const std::filesystem::path& file,
                                                     std::span<const Sentence> sentences,
                                                     const Inventory& inventory);

}  // namespace spanlab::host
