// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "spanlab/candidates.hpp"
#include "spanlab/context.hpp"
#include "spanlab/export.hpp"
#include "spanlab/module.hpp"

namespace spanlab {

class Loss;

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
  std::shared_ptr<Loss> inner = {};  ///< see Schema::component
  Context context = {};
};

/// What a loss compares. N candidates: spans, pairs, or words.
struct LossInput {
  const at::Tensor& scores;  ///< [N,C]
  /// [N,T] in [0,1] from the labeler, one column per type, a zero row for a negative; of the scores' number
  /// type, as `hard`.
  const at::Tensor& targets;
  const at::Tensor& hard;  ///< [N,T] 1 for each type of the candidate's gold items in the task's view, else 0
  const at::Tensor& first;  ///< [N] int64: type of the candidate's first gold item, -1 for a negative
  const Candidates& candidates;
  const Outputs& outputs;  ///< all that the head said, with what is not per candidate
  /// Whether one value per sentence is as good as one per candidate (tagging).
  bool may_be_per_sentence = false;
};

/// One value per candidate (or per sentence, for tagging) and, for the log, named parts of it.
struct LossValues {
  at::Tensor values;                        ///< [N] or [S]; of a candidate that counts several times, the sum
  std::map<std::string, at::Tensor> parts;  ///< scalars or [N], detached
  at::Tensor samples = {};  ///< how often each value counts in the mean, shaped as `values`; undefined: once
};

/// Compares scores with targets, in training only. The reduction over candidates is the task's. What it
/// learns it registers as parameters, what it remembers from step to step as buffers (module.hpp).
class SPANLAB_API Loss : public Module, public Component {
 public:
  ~Loss() override;

  /// C is T, T+1 (column 0 is "none", for tags `O`) or 1 ("is there any"), as the head's output says. Must
  /// accept N = 0.
  LossValues forward(const LossInput& input);

  /// True if this loss can compare an output of `columns` with `types`; else the study is refused.
  bool accepts(std::int64_t columns, std::int64_t types) const;

 protected:
  virtual LossValues do_forward(const LossInput& input) = 0;
  /// As it stands: as many columns as types.
  virtual bool do_accepts(std::int64_t columns, std::int64_t types) const;
};

}  // namespace spanlab
