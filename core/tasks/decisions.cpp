// SPDX-License-Identifier: MIT
#include "tasks/decisions.hpp"

#include <ATen/ATen.h>

#include <algorithm>

#include "tasks/candidates.hpp"

namespace spanlab::host {

TaskDecisions::~TaskDecisions() = default;

void TaskDecisions::add_to(BatchPrediction& prediction, const Inventory&) const {
  prediction.add_entities(decisions);
}

void TaskDecisions::keep(Scored chunk) {
  const bool first = candidates_ == 0;
  candidates_ += chunk.candidates.size();
  scores = first ? std::move(chunk) : Scored();
}

std::unique_ptr<SpanDecisions> SpanDecisions::about(const TaskPass& pass,
                                                    const std::vector<PlacedSpan>& spans) {
  auto all = std::make_unique<SpanDecisions>();
  for (std::int64_t begin = 0; begin < std::ssize(spans); begin += pass.most) {
    const std::int64_t end = std::min(begin + pass.most, std::ssize(spans));
    all->take(pass, span_candidates(pass.batch, {spans.begin() + begin, spans.begin() + end}, {}));
  }
  for (const auto& [name, chunks] : all->kept_)
    all->outputs.emplace(name, chunks.size() == 1 ? chunks.front() : at::cat(chunks));
  all->kept_.clear();
  return all;
}

std::unique_ptr<SpanDecisions> SpanDecisions::about_words(const TaskPass& pass) {
  auto all = std::make_unique<SpanDecisions>();
  all->take(pass, word_candidates(pass.batch, {}));
  return all;
}

void SpanDecisions::take(const TaskPass& pass, Candidates chunk) {
  if (chunk.size() == 0) return;
  Scored scored = pass.score({std::move(chunk)});
  const std::vector<Decision> found = pass.decide(scored);
  std::vector<std::int64_t> rows;
  for (Decision decision : found) {
    rows.push_back(decision.row);
    decision.row += candidates();
    decisions.push_back(decision);
  }
  if (pass.keeps_outputs) {
    for (auto& [name, chosen] : rows_of(scored.outputs, pass.task.head->outputs(), rows))
      kept_[name].push_back(std::move(chosen));
  }
  keep(std::move(scored));
}

void PairDecisions::add_to(BatchPrediction& prediction, const Inventory& inventory) const {
  for (std::size_t i = 0; i < decisions.size(); ++i)
    prediction.add_relation(pairs[i], decisions[i], inventory.relations[decisions[i].type].symmetric);
  for (std::size_t s = 0; s < left_out.size(); ++s) prediction.leave_out(s, left_out[s]);
}

}  // namespace spanlab::host
