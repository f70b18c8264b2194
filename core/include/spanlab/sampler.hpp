// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "spanlab/annotation.hpp"
#include "spanlab/candidates.hpp"
#include "spanlab/context.hpp"
#include "spanlab/export.hpp"
#include "spanlab/generator.hpp"

namespace spanlab {

class Sampler;

/// What a sampler is built from.
struct SamplerSetup {
  HeadKind kind;
  const Inventory& inventory;  ///< of the task's view
  /// Entities (relations, for pair tasks) of each type in the training data; zeros if there is none.
  std::vector<std::int64_t> gold;
  std::shared_ptr<Sampler> inner = {};  ///< see Schema::component
  Context context = {};
};

/// Chooses the candidates of a sentence: anew in every epoch for training, all that are worth scoring for
/// evaluation. A sampler overrides what it is for; the other functions throw Error(usage). What it chooses
/// depends on the sentence, the generator and context().progress() alone.
class SPANLAB_API Sampler : public Component {
 public:
  ~Sampler() override;

  /// Training candidates of a span task: gold spans first, as given (duplicates stay), then negatives.
  SpanSample sample_spans(const Sentence& sentence, const Annotation& gold, Generator& generator) const;

  /// What pair tasks over a tagging task build on in training: entities that its tags can hold (tags.hpp), as
  /// positives. The tagging task itself has every word as a candidate.
  SpanSample sample_words(const Sentence& sentence, const Annotation& gold) const;

  /// Training candidates of a pair task over the spans that the span task sampled for the same sentence.
  /// Relations of entities that are not among these spans (tags cannot hold all) are left out.
  PairSample sample_pairs(const Sentence& sentence, const Annotation& gold, const Inventory& inventory,
                          const SpanSample& spans, Generator& generator) const;

  /// Every span that evaluation scores, by width and then by start.
  std::vector<Span> evaluation_spans(const Sentence& sentence) const;

  /// Every pair that evaluation scores among `spans` predicted spans; none stands for all ordered pairs of
  /// different ones: there may be too many to list.
  std::vector<Pair> evaluation_pairs(std::int32_t spans) const;

 protected:
  virtual SpanSample do_sample_spans(const Sentence& sentence, const Annotation& gold,
                                     Generator& generator) const;
  virtual SpanSample do_sample_words(const Sentence& sentence, const Annotation& gold) const;
  virtual PairSample do_sample_pairs(const Sentence& sentence, const Annotation& gold,
                                     const Inventory& inventory, const SpanSample& spans,
                                     Generator& generator) const;
  virtual std::vector<Span> do_evaluation_spans(const Sentence& sentence) const;
  /// As it stands: none, for all.
  virtual std::vector<Pair> do_evaluation_pairs(std::int32_t spans) const;
};

}  // namespace spanlab
