// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <vector>

#include "spanlab/candidates.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host {

/// The training candidates that a kind of task drew in one sentence. Each kind has a form of its own.
struct SPANLAB_API Drawn {
  virtual ~Drawn();
  /// The spans that tasks over these may build on; null where there are none.
  virtual const SpanSample* spans() const;
};

/// Candidate spans, or what pairs may build on where every word is a candidate.
struct SPANLAB_API DrawnSpans : Drawn {
  explicit DrawnSpans(SpanSample drawn) : sample(std::move(drawn)) {}
  const SpanSample* spans() const override { return &sample; }
  SpanSample sample;
};

/// Candidate pairs; they refer to the spans that another task drew.
struct SPANLAB_API DrawnPairs : Drawn {
  explicit DrawnPairs(PairSample drawn) : sample(std::move(drawn)) {}
  PairSample sample;
};

/// Candidates in the form of the kind that drew them. Throws std::bad_cast if another kind did.
template <typename Form>
const Form& drawn_as(const Drawn& drawn) {
  return dynamic_cast<const Form&>(drawn);
}

/// The type of one of a candidate's gold items.
struct GoldType {
  std::int64_t candidate = 0;
  std::int32_t type = 0;
};

/// Which gold types each candidate of a sentence has, in the order of candidates; of one candidate in that of
/// its gold items.
struct GoldTypes {
  std::int64_t candidates = 0;
  std::vector<GoldType> types;
};

/// Of candidates of which the first ones are positive: `gold` says which of `items` (entities or relations)
/// each of these stands for.
template <typename Item>
GoldTypes types_of(const std::vector<GoldItems>& gold, std::size_t candidates,
                   const std::vector<Item>& items) {
  GoldTypes all{static_cast<std::int64_t>(candidates), {}};
  for (std::size_t row = 0; row < gold.size(); ++row) {
    for (const std::int32_t item : gold[row])
      all.types.push_back({static_cast<std::int64_t>(row), items[static_cast<std::size_t>(item)].type});
  }
  return all;
}

/// Types of an annotation's entities.
SPANLAB_API std::vector<std::int32_t> entity_types(const Annotation& gold);

/// [candidates] the type of each candidate's first gold item, -1 for a negative one.
SPANLAB_API std::vector<std::int64_t> first_types(const GoldTypes& gold);

/// [candidates × types] row-major: 1 for each type that the candidate has, else 0.
SPANLAB_API std::vector<float> hard_targets(const GoldTypes& gold, std::size_t types);

/// The training candidates of one task in one sentence, and their targets.
struct TaskSample {
  std::shared_ptr<const Drawn> drawn;
  std::vector<float> targets;       ///< row-major, candidates × types, as the labeler has it
  std::vector<float> hard;          ///< the same from the candidates' gold items alone
  std::vector<std::int64_t> first;  ///< type of each candidate's first gold item, -1 for a negative

  template <typename Form>
  const Form& as() const {
    return drawn_as<Form>(*drawn);
  }
};

/// The samples of one sentence, one per task of the model.
using SentenceSample = std::vector<TaskSample>;

}  // namespace spanlab::host
