// SPDX-License-Identifier: MIT
#include "tasks/candidates.hpp"

#include <ATen/ATen.h>

namespace spanlab::host {

namespace {

at::Tensor to_tensor(const std::vector<std::int64_t>& values, at::IntArrayRef shape, at::Device device) {
  return at::tensor(values, at::kLong).view(shape).to(device);
}

Rows units_of(const Batch& batch, const PlacedSpan& place) {
  const std::int64_t first = batch.word_offsets[static_cast<std::size_t>(place.sentence)];
  return {batch.word_units[static_cast<std::size_t>(first + place.span.begin)].begin,
          batch.word_units[static_cast<std::size_t>(first + place.span.end - 1)].end};
}

Rows between(const Batch& batch, const PlacedSpan& a, const PlacedSpan& b) {
  const Rows first = units_of(batch, a);
  const Rows second = units_of(batch, b);
  const Rows gap{std::min(first.end, second.end), std::max(first.begin, second.begin)};
  return gap.begin < gap.end ? gap : Rows{};
}

// The parts that span and pair candidates have in common; offsets are the caller's.
Candidates placed(const Batch& batch, std::vector<PlacedSpan> spans, std::vector<const Annotation*> gold) {
  std::vector<std::int64_t> units, widths, sentences;
  for (const PlacedSpan& place : spans) {
    const Rows rows = units_of(batch, place);
    units.insert(units.end(), {rows.begin, rows.end});
    widths.push_back(place.span.width());
    sentences.push_back(place.sentence);
  }
  const auto count = static_cast<std::int64_t>(spans.size());
  const at::Device device = batch.ids.device();
  Candidates candidates;
  candidates.batch = &batch;
  candidates.places = std::move(spans);
  candidates.units = to_tensor(units, {count, 2}, device);
  candidates.widths = to_tensor(widths, {count}, device);
  candidates.sentences = to_tensor(sentences, {count}, device);
  candidates.gold = std::move(gold);
  return candidates;
}

}  // namespace

Candidates span_candidates(const Batch& batch, std::vector<PlacedSpan> spans,
                           std::vector<const Annotation*> gold) {
  std::vector<std::int64_t> offsets(static_cast<std::size_t>(batch.size()) + 1, 0);
  for (const PlacedSpan& place : spans) ++offsets[static_cast<std::size_t>(place.sentence) + 1];
  for (std::size_t i = 1; i < offsets.size(); ++i) offsets[i] += offsets[i - 1];
  Candidates candidates = placed(batch, std::move(spans), std::move(gold));
  candidates.offsets = std::move(offsets);
  return candidates;
}

Candidates word_candidates(const Batch& batch, std::vector<const Annotation*> gold) {
  std::vector<PlacedSpan> places;
  for (std::int64_t s = 0; s < batch.size(); ++s) {
    const auto words = static_cast<std::int32_t>(batch.word_offsets[s + 1] - batch.word_offsets[s]);
    for (std::int32_t word = 0; word < words; ++word) places.push_back({s, {word, word + 1}});
  }
  return span_candidates(batch, std::move(places), std::move(gold));
}

Candidates pair_candidates(const Batch& batch, PlacedPairs given, std::vector<const Annotation*> gold) {
  std::vector<std::int64_t> pairs, contexts;
  for (const Pair& pair : given.pairs) {
    const Rows gap = between(batch, given.spans[static_cast<std::size_t>(pair.head)],
                             given.spans[static_cast<std::size_t>(pair.tail)]);
    pairs.insert(pairs.end(), {pair.head, pair.tail});
    contexts.insert(contexts.end(), {gap.begin, gap.end});
  }
  const auto count = static_cast<std::int64_t>(given.pairs.size());
  const bool typed = given.types.size() == given.spans.size();
  Candidates candidates = placed(batch, std::move(given.spans), std::move(gold));
  candidates.offsets = std::move(given.offsets);
  candidates.pairs = to_tensor(pairs, {count, 2}, batch.ids.device());
  if (typed) {
    candidates.types =
        to_tensor(given.types, {static_cast<std::int64_t>(given.types.size())}, batch.ids.device());
  }
  candidates.contexts = to_tensor(contexts, {count, 2}, batch.ids.device());
  return candidates;
}

}  // namespace spanlab::host
