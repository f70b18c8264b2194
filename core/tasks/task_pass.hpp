// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <vector>

#include "tasks/forward_in_chunks.hpp"
#include "tasks/task.hpp"

namespace spanlab::host {

/// Candidates of a task, ready for its head.
struct Placed {
  Candidates candidates;
  /// Of a task that takes its spans from another one: the row of each of these spans in what that task left
  /// (SpansLeft). Others leave it empty.
  std::vector<std::int64_t> rows = {};
};

/// Candidates and what the head says of them; no outputs if there are no candidates: the head has not run
/// then.
struct Scored {
  Candidates candidates = {};
  Outputs outputs = {};
};

/// What a task leaves to the tasks over its spans: in training scores of all that it drew, in evaluation its
/// decisions and, if one of these tasks reads them, the scores of what it decided on.
struct SpansLeft {
  Outputs outputs;
  std::span<const Decision> decisions = {};
};

/// One task in one pass over a batch, in training and in evaluation: through here a kind sends candidates
/// to the head.
struct TaskPass {
  const Task& task;
  const Inventory& inventory;  ///< of the task's view
  const Batch& batch;
  const Features& features;
  Pass& pass;
  const Task& spans_task;  ///< that gives the spans; the task itself if it needs none
  const SpansLeft& spans;  ///< what that one left; empty if it needs none
  std::int64_t most;       ///< candidates that go through the head at once
  bool keeps_outputs;      ///< evaluation: a later task reads the scores of what is decided on here

  /// Scores candidates. Of more pairs than `most` only the scores stay in memory, see forward_in_chunks().
  SPANLAB_API Scored score(Placed placed) const;

  /// The head's decisions about scored candidates, checked as far as every kind's can be. At least one
  /// candidate.
  SPANLAB_API std::vector<Decision> decide(const Scored& scored) const;
};

/// The outputs that `shapes` lists, of these rows alone; empty if there are none.
SPANLAB_API Outputs rows_of(const Outputs& outputs, const std::vector<OutputShape>& shapes,
                            const std::vector<std::int64_t>& rows);

}  // namespace spanlab::host
