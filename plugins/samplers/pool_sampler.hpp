// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <set>
#include <vector>

#include "samplers/pools.hpp"
#include "spanlab/parameters.hpp"
#include "spanlab/sampler.hpp"

namespace spanlab {

/// Which pairs may be negatives: those of gold entities, or those of any spans that the span task sampled.
enum class PairKind { strong, weak };

/// What a pool sampler is told about the candidates; the schemas of the samplers say it.
struct PoolSettings {
  std::int32_t max_span_width = 10;
  PairKind pairs = PairKind::strong;
  bool merge_types = false;
  bool reverse_of_symmetric = false;
};

/// Takes all gold candidates and some of a pool of others: what the samplers here have in common.
class PoolSampler : public Sampler {
 public:
  explicit PoolSampler(const PoolSettings& settings) : settings_(settings) {}

  SpanSample do_sample_spans(const Sentence& sentence, const Annotation& gold,
                             Generator& generator) const override;
  /// Relations with an argument that is not among `spans` are passed over.
  PairSample do_sample_pairs(const Sentence& sentence, const Annotation& gold, const Inventory& inventory,
                             const SpanSample& spans, Generator& generator) const override;
  std::vector<Span> do_evaluation_spans(const Sentence& sentence) const override;

 protected:
  /// Negatives to choose from, numbered from 0.
  struct Pool {
    std::int64_t size;
    std::int64_t positives;                         ///< candidates already in the sample
    std::function<std::vector<double>()> overlaps;  ///< of each negative with gold, in [0,1]
  };
  /// Numbers of the negatives that are taken, rising.
  virtual std::vector<std::int64_t> choose(const Pool& pool, Generator& generator) const = 0;
  /// How often a gold candidate of these types stands in the sample, at least once.
  virtual std::int64_t copies(const std::set<std::int32_t>& types, Generator& generator) const;

 private:
  PoolSettings settings_;
};

/// `max_span_width` and `pairs`, which all samplers here have.
Schema& declare_candidates(Schema& schema);
/// `merge_types` and `reverse_of_symmetric`: how pairs were treated in the reference's two versions.
Schema& declare_reference_versions(Schema& schema);
/// `negatives` and `ratio`: how many.
Schema& declare_amount(Schema& schema);

/// The settings that a schema of these declares.
PoolSettings pool_settings(const Parameters& parameters);

/// How many negatives a sentence gets.
class Amount {
 public:
  explicit Amount(const Parameters& parameters);
  std::int64_t of(std::int64_t positives) const;

 private:
  std::int64_t negatives_;
  double ratio_ = -1;  // not set
};

}  // namespace spanlab
