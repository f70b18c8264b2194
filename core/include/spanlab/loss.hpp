// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>

#include "spanlab/candidates.hpp"
#include "spanlab/export.hpp"

namespace spanlab {

/// One value per candidate and, for the log, named parts of it.
struct LossValues {
  at::Tensor values;                        ///< [N]
  std::map<std::string, at::Tensor> parts;  ///< scalars or [N], detached
};

/// Compares scores with targets. The reduction over candidates is the task's.
class SPANLAB_API Loss {
 public:
  virtual ~Loss();

  /// `scores` [N,C]; `targets` [N,T] in [0,1], one column per type of the inventory, a zero row for a negative.
  /// C is T, T+1 (column 0 is "none") or 1 ("is there any"), as the head's output says. Must accept N = 0.
  virtual LossValues forward(const at::Tensor& scores, const at::Tensor& targets, const Candidates& candidates) = 0;

  /// True if this loss can compare an output of `columns` with `types`; else the study is refused.
  virtual bool accepts(std::int64_t columns, std::int64_t types) const;
};

}  // namespace spanlab
