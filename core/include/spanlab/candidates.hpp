// SPDX-License-Identifier: MIT
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

#include "spanlab/annotation.hpp"
#include "spanlab/batch.hpp"
#include "spanlab/export.hpp"

namespace spanlab {

/// What a head classifies: spans, pairs of spans, or every word of the sentence (tagging).
enum class HeadKind { spans, pairs, words };

/// The gold items (indices into the annotation's entities or relations) that one positive candidate stands
/// for.
using GoldItems = std::vector<std::int32_t>;

/// Candidate spans of one sentence. The first `gold.size()` are positive; the others are negative.
struct SpanSample {
  std::vector<Span> spans;
  std::vector<GoldItems> gold;
};

/// An ordered pair of rows of a sentence's SpanSample.
struct Pair {
  std::int32_t head = 0;
  std::int32_t tail = 0;
  friend auto operator<=>(const Pair&, const Pair&) = default;
};

/// Candidate pairs of one sentence. The first `gold.size()` are positive.
struct PairSample {
  std::vector<Pair> pairs;
  std::vector<GoldItems> gold;
};

/// A span and the sentence of the batch that it stands in.
struct PlacedSpan {
  std::int64_t sentence = 0;
  Span span;
};

/// The candidates of one task over one batch: N spans, and for pair tasks M pairs of them. A tagging task has
/// every word as a span of one word. Index tensors are int64.
struct Candidates {
  const Batch* batch = nullptr;    ///< that they are of, if it is known; it outlives them
  std::vector<PlacedSpan> places;  ///< [N]
  at::Tensor units;                ///< [N,2] begin and end unit rows of each span, in the batch
  at::Tensor widths;               ///< [N] in words
  at::Tensor sentences;            ///< [N]
  /// [S+1] rows of spans (span tasks), words (tagging) or pairs (pair tasks) per sentence.
  std::vector<std::int64_t> offsets;
  at::Tensor pairs;     ///< [M,2] rows of spans; undefined for span tasks
  at::Tensor contexts;  ///< [M,2] unit rows strictly between the spans; begin == end where there are none
  /// [N] pair tasks: entity type of each span, gold in training, predicted in evaluation; -1: none.
  at::Tensor types;
  std::vector<const Annotation*> gold;  ///< [S] the view's annotation, empty when there is none (prediction)

  bool of_pairs() const { return pairs.defined(); }
  std::int64_t size() const { return of_pairs() ? pairs.size(0) : static_cast<std::int64_t>(places.size()); }
};

/// What the width of a span is counted in.
enum class SpanUnit { words, pieces };

/// [N] double: the intersection over union of each span with the nearest gold entity of its sentence; 1 for a
/// gold span, 0 without any. `pieces` needs the batch (the units of an encoder over words are words).
SPANLAB_API at::Tensor nearest_iou(const Candidates& candidates, SpanUnit unit);

}  // namespace spanlab
