// SPDX-License-Identifier: MIT
#pragma once

#include <span>

#include "spanlab/annotation.hpp"
#include "spanlab/candidates.hpp"
#include "spanlab/export.hpp"

namespace spanlab {

/// Gives candidates their targets. `targets` is a zeroed row-major matrix, one row per candidate, one column per type.
class SPANLAB_API SoftLabeler {
 public:
  virtual ~SoftLabeler();

  /// `view` is the index of the task's view in `sentence.views`; `types` the number of entity types.
  virtual void label_spans(const Sentence& sentence, std::size_t view, const SpanSample& sample, std::size_t types,
                           std::span<float> targets) const = 0;
  /// `types` is the number of relation types; `spans` holds the spans that the pairs refer to.
  virtual void label_pairs(const Sentence& sentence, std::size_t view, const SpanSample& spans, const PairSample& sample,
                           std::size_t types, std::span<float> targets) const = 0;
};

}  // namespace spanlab
