// SPDX-License-Identifier: MIT
#include "tasks/task_pass.hpp"

#include <ATen/ATen.h>

#include "sdk/answers.hpp"
#include "tasks/kind.hpp"

namespace spanlab::host {

namespace {

// A head's parameters, and those of the head whose spans it takes: it may share that one's table of widths.
std::vector<at::Tensor> trained_by(const Head& head, const Head& of_spans) {
  std::vector<at::Tensor> all = head.parameters();
  for (const at::Tensor& parameter : of_spans.parameters()) all.push_back(parameter);
  return all;
}

// What the head of the spans said of them, where this head asks for it.
Outputs of_spans(const TaskPass& pass, const std::vector<std::int64_t>& rows) {
  if (!pass.task.takes_spans() || !pass.task.head->reads_spans_outputs()) return {};
  return rows_of(pass.spans.outputs, pass.spans_task.head->outputs(), rows);
}

}  // namespace

Outputs rows_of(const Outputs& outputs, const std::vector<OutputShape>& shapes,
                const std::vector<std::int64_t>& rows) {
  Outputs chosen;
  if (outputs.empty()) return chosen;
  for (const OutputShape& shape : shapes) {
    const at::Tensor& scores = outputs.at(shape.name);
    chosen.emplace(shape.name, scores.index_select(0, at::tensor(rows, at::kLong).to(scores.device())));
  }
  return chosen;
}

Scored TaskPass::score(Placed placed) const {
  Scored scored{std::move(placed.candidates)};
  const Candidates& candidates = scored.candidates;
  if (candidates.size() == 0) return scored;
  const Outputs given = of_spans(*this, placed.rows);
  if (candidates.of_pairs() && candidates.size() > most) {
    const std::vector<at::Tensor> trained = trained_by(*task.head, *spans_task.head);
    scored.outputs = forward_in_chunks(*task.head, trained, features, candidates, given, pass, most);
  } else {
    scored.outputs = task.head->forward(features, candidates, given, pass);
  }
  return scored;
}

std::vector<Decision> TaskPass::decide(const Scored& scored) const {
  std::vector<Decision> found = task.head->decode(scored.outputs, scored.candidates);
  check_types(Call(task.head->context(), "decode"), found, task.kind->labels(inventory).types.size());
  return found;
}

}  // namespace spanlab::host
