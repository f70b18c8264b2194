// SPDX-License-Identifier: MIT
#include "results/trial_counts.hpp"

#include "records/attempt_files.hpp"
#include "records/counts_by_document.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host {
namespace {

/// A copy that can be made again: whoever cannot keep it has it all the same.
void keep(const CountsByDocument& counts, const std::filesystem::path& file) {
  try {
    write_counts(counts, file);
  } catch (const Error&) {
  }
}

std::shared_ptr<const CountsByDocument> kept(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) return nullptr;
  try {
    return std::make_shared<const CountsByDocument>(read_counts(file));
  } catch (const Error&) {  // damaged: it is made again
    return nullptr;
  }
}

}  // namespace

CountsByDocument count(const Evaluated& evaluated) {
  CountsByDocument counts = documents_of(evaluated.corpus->sentences);
  for (const EvaluatedGroup& group : evaluated.groups) {
    std::vector<Annotation> predicted;
    for (const Prediction& prediction : group.predicted) predicted.push_back(prediction.annotation());
    add_counts(group.name, evaluated.corpus->sentences, group.gold, predicted, group.inventory,
               evaluated.overlap, counts);
  }
  return counts;
}

TrialCounts trial_counts(const PlannedTrial& trial, const Attempt& attempt, EvaluatedReader* data) {
  const std::filesystem::path file = attempt.folder / kCountsFile;
  if (auto stored = kept(file)) return {std::move(stored), ""};
  if (!data) return {nullptr, "no counts are stored, and its data are not at hand"};
  try {
    auto counts = std::make_shared<const CountsByDocument>(count(data->read(trial, attempt)));
    keep(*counts, file);
    return {std::move(counts), ""};
  } catch (const Error& error) {
    return {nullptr, error.what()};
  }
}

}  // namespace spanlab::host
