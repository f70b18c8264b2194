// SPDX-License-Identifier: MIT
#include <ATen/ATen.h>

#include <algorithm>

#include "spanlab/candidates.hpp"

namespace spanlab {

namespace {

// The units of words [begin,end) of a sentence, as a span.
Span in_units(const Batch& batch, const PlacedSpan& place) {
  const std::int64_t first = batch.word_offsets[static_cast<std::size_t>(place.sentence)];
  return {
      static_cast<std::int32_t>(batch.word_units[static_cast<std::size_t>(first + place.span.begin)].begin),
      static_cast<std::int32_t>(batch.word_units[static_cast<std::size_t>(first + place.span.end - 1)].end)};
}

}  // namespace

at::Tensor nearest_iou(const Candidates& candidates, SpanUnit unit) {
  auto measured = [&](const PlacedSpan& place) {
    return unit == SpanUnit::words ? place.span : in_units(*candidates.batch, place);
  };
  std::vector<std::vector<Span>> gold(candidates.gold.size());
  for (std::size_t s = 0; s < gold.size(); ++s) {
    for (const Entity& entity : candidates.gold[s]->entities) {
      gold[s].push_back(measured({static_cast<std::int64_t>(s), entity.span}));
    }
  }
  std::vector<double> nearest;
  nearest.reserve(candidates.places.size());
  for (const PlacedSpan& place : candidates.places) {
    double best = 0;
    if (!gold.empty()) {
      const Span span = measured(place);
      for (const Span& entity : gold[static_cast<std::size_t>(place.sentence)]) {
        best = std::max(best, iou(span, entity));
      }
    }
    nearest.push_back(best);
  }
  const at::Tensor all = at::tensor(nearest, at::kDouble);
  return candidates.sentences.defined() ? all.to(candidates.sentences.device()) : all;
}

}  // namespace spanlab
