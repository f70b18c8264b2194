// SPDX-License-Identifier: MIT
#include "tasks/kind.hpp"

#include "tasks/candidates.hpp"

namespace spanlab::host {

std::vector<const Annotation*> gold_of(const Batch& batch, const Task& task) {
  std::vector<const Annotation*> gold;
  for (const Sentence* sentence : batch.sentences) gold.push_back(&sentence->views[task.view]);
  return gold;
}

Placed drawn_spans(const TaskPass& pass, const BatchSamples& samples) {
  std::vector<PlacedSpan> places;
  for (std::size_t s = 0; s < samples.sentences.size(); ++s) {
    for (const Span& span : samples.of(s).as<DrawnSpans>().sample.spans)
      places.push_back({static_cast<std::int64_t>(s), span});
  }
  return {span_candidates(pass.batch, std::move(places), gold_of(pass.batch, pass.task))};
}

TaskKind::~TaskKind() = default;

bool TaskKind::takes_spans() const { return false; }

bool TaskKind::scores_spans() const { return false; }

bool TaskKind::may_score_sentences() const { return false; }

std::size_t TaskKind::types(const Inventory& inventory) const { return labels(inventory).types.size(); }

}  // namespace spanlab::host
