// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "tasks/batch_prediction.hpp"
#include "tasks/task_pass.hpp"

namespace spanlab::host {

/// What one task decided about a batch, collected chunk by chunk. Kinds whose decisions say more than which
/// candidate has which type derive from it.
struct SPANLAB_API TaskDecisions {
  virtual ~TaskDecisions();

  Scored scores;                    ///< of all candidates, if they went through the head at once; else empty
  std::vector<Decision> decisions;  ///< by sentence, row and type; `row` counts all of the task's candidates
  Outputs outputs;  ///< the scores of what is decided on, row by row; if TaskPass::keeps_outputs

  /// Adds the decisions to what is predicted of the batch: as they stand, as its entities.
  virtual void add_to(BatchPrediction& prediction, const Inventory& inventory) const;

  /// Takes what was scored of one chunk, after its decisions have been taken.
  void keep(Scored chunk);
  std::int64_t candidates() const { return candidates_; }  ///< of the chunks that were kept

 private:
  std::int64_t candidates_ = 0;
};

/// Decisions about spans, or about words that are spans.
class SPANLAB_API SpanDecisions : public TaskDecisions {
 public:
  /// About all of these spans, `pass.most` at a time, sentence after sentence.
  static std::unique_ptr<SpanDecisions> about(const TaskPass& pass, const std::vector<PlacedSpan>& spans);
  /// About all words, at once: what the head assembles from the tags of several words needs all of them.
  static std::unique_ptr<SpanDecisions> about_words(const TaskPass& pass);

 private:
  void take(const TaskPass& pass, Candidates chunk);

  std::map<std::string, std::vector<at::Tensor>> kept_;  // scores of what is decided on, chunk by chunk
};

/// Decisions about pairs of another task's spans, the strongest of each sentence.
struct SPANLAB_API PairDecisions : TaskDecisions {
  std::vector<Pair> pairs;             ///< of each decision: head and tail among that task's decisions
  std::vector<std::int64_t> left_out;  ///< [S] decisions beyond Task::most_relations

  /// As relations between the entities that the other task added.
  void add_to(BatchPrediction& prediction, const Inventory& inventory) const override;
};

}  // namespace spanlab::host
