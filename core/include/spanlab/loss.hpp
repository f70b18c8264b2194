// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "spanlab/candidates.hpp"
#include "spanlab/export.hpp"

namespace spanlab {

/// What a head says, by name: its outputs, one row per candidate, and what else it has for its losses and
/// decisions (head.hpp).
using Outputs = std::map<std::string, at::Tensor>;

/// What a loss is built from.
struct LossSetup {
  HeadKind kind = HeadKind::spans;
  std::int64_t columns = 0;  ///< C of the scores
  std::int64_t types = 0;    ///< T: entity types, relation types, or all tags but `O`
  /// [T+1] candidates of each type in one epoch's sample of the training data, after those of none; a
  /// candidate of several types counts for each. Empty where there is no training data (a stored model). Goes
  /// over all sentences: to be called only if needed.
  std::function<std::vector<std::int64_t>()> counts = {};
};

/// What a loss compares. N candidates: spans, pairs, or words.
struct LossInput {
  const at::Tensor& scores;  ///< [N,C]
  /// [N,T] in [0,1] from the labeler, one column per type, a zero row for a negative.
  const at::Tensor& targets;
  const at::Tensor& hard;  ///< [N,T] 1 for each type of the candidate's gold items in the task's view, else 0
  const at::Tensor& first;  ///< [N] int64: type of the candidate's first gold item, -1 for a negative
  const Candidates& candidates;
  const Outputs& outputs;  ///< all that the head said, with what is not per candidate
};

/// One value per candidate (or per sentence, for tagging) and, for the log, named parts of it.
struct LossValues {
  at::Tensor values;                        ///< [N] or [S]; of a candidate that counts several times, the sum
  std::map<std::string, at::Tensor> parts;  ///< scalars or [N], detached
  at::Tensor samples = {};  ///< how often each value counts in the mean, shaped as `values`; undefined: once
};

/// Compares scores with targets. The reduction over candidates is the task's.
class SPANLAB_API Loss {
 public:
  virtual ~Loss();

  /// C is T, T+1 (column 0 is "none", for tags `O`) or 1 ("is there any"), as the head's output says. Must
  /// accept N = 0.
  virtual LossValues forward(const LossInput& input) = 0;

  /// True if this loss can compare an output of `columns` with `types`; else the study is refused.
  virtual bool accepts(std::int64_t columns, std::int64_t types) const;
};

}  // namespace spanlab
