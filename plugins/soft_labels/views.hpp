// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "soft_labels/kernels.hpp"
#include "spanlab/candidates.hpp"
#include "spanlab/labeler.hpp"

namespace spanlab {

/// The types of the gold items that a candidate stands for in the task's own view; none for a negative.
Types own_entity_types(const Annotation& own, const SpanSample& sample, std::size_t row);
Types own_relation_types(const Annotation& own, const PairSample& sample, std::size_t row);

/// Reads what another view says about the same words, in the types of the task's own view: types are matched
/// by name, and those without a namesake are passed over: a candidate with such types alone has none there.
class OtherView {
 public:
  /// `name`: the view to read; empty where there is just one other. Throws Error(usage) if there is none or
  /// it is unknown.
  OtherView(const std::string& name, const LabelerSetup& setup);

  /// Types that the other view gives to exactly this span, or to this ordered pair of spans.
  Types of_span(const Sentence& sentence, const Span& span) const;
  Types of_pair(const Sentence& sentence, const Span& head, const Span& tail) const;

 private:
  std::size_t view_;
  std::vector<std::int32_t> entity_types_;  // of the other view → own, -1 without a namesake
  std::vector<std::int32_t> relation_types_;
  std::vector<bool> symmetric_;  // of the other view's relation types
};

}  // namespace spanlab
