// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "spanlab/annotation.hpp"
#include "spanlab/candidates.hpp"
#include "spanlab/context.hpp"
#include "spanlab/export.hpp"

namespace spanlab {

class SoftLabeler;

/// What a soft-labeler is built from.
struct LabelerSetup {
  HeadKind kind;
  std::span<const std::string> views;  ///< of the data set
  /// Of each view; types of two views are the same if their names are.
  std::span<const Inventory> inventories;
  std::size_t view = 0;                     ///< of the task
  std::shared_ptr<SoftLabeler> inner = {};  ///< see Schema::component
  Context context = {};
};

/// Gives candidates their targets in [0,1]. `targets` is a zeroed row-major matrix, one row per candidate,
/// one column per type.
class SPANLAB_API SoftLabeler : public Component {
 public:
  ~SoftLabeler() override;

  /// `view` is the index of the task's view in `sentence.views`; `types` the number of entity types.
  void label_spans(const Sentence& sentence, std::size_t view, const SpanSample& sample, std::size_t types,
                   std::span<float> targets) const;
  /// `types` is the number of relation types; `spans` holds the spans that the pairs refer to.
  void label_pairs(const Sentence& sentence, std::size_t view, const SpanSample& spans,
                   const PairSample& sample, std::size_t types, std::span<float> targets) const;
  /// One row per word of the sentence, one column per tag but `O` (tags.hpp): `types` is twice the number of
  /// entity types.
  void label_words(const Sentence& sentence, std::size_t view, std::size_t types,
                   std::span<float> targets) const;

 protected:
  virtual void do_label_spans(const Sentence& sentence, std::size_t view, const SpanSample& sample,
                              std::size_t types, std::span<float> targets) const = 0;
  virtual void do_label_pairs(const Sentence& sentence, std::size_t view, const SpanSample& spans,
                              const PairSample& sample, std::size_t types,
                              std::span<float> targets) const = 0;
  /// As it stands, the tags of the task's own view.
  virtual void do_label_words(const Sentence& sentence, std::size_t view, std::size_t types,
                              std::span<float> targets) const;
};

}  // namespace spanlab
