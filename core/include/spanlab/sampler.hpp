// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "spanlab/annotation.hpp"
#include "spanlab/candidates.hpp"
#include "spanlab/export.hpp"
#include "spanlab/generator.hpp"

namespace spanlab {

/// Chooses the candidates of a sentence: anew in every epoch for training, all that are worth scoring for evaluation.
/// A sampler overrides what it is for; the other functions throw Error(usage).
class SPANLAB_API Sampler {
 public:
  virtual ~Sampler();

  /// Training candidates of a span task: gold spans first, as given (duplicates stay), then negatives.
  virtual SpanSample sample_spans(const Sentence& sentence, const Annotation& gold, Generator& generator) const;

  /// Training candidates of a pair task over the spans that the span task sampled for the same sentence.
  virtual PairSample sample_pairs(const Sentence& sentence, const Annotation& gold, const Inventory& inventory,
                                  const SpanSample& spans, Generator& generator) const;

  /// Every span that evaluation scores, by width and then by start.
  virtual std::vector<Span> evaluation_spans(const Sentence& sentence) const;

  /// Every pair that evaluation scores among `spans` predicted spans; the default is all ordered pairs of different ones.
  virtual std::vector<Pair> evaluation_pairs(std::int32_t spans) const;
};

}  // namespace spanlab
