// SPDX-License-Identifier: MIT
#include <ATen/ATen.h>

#include "contract/items.hpp"
#include "contract/samples.hpp"

namespace spanlab::host::suite {

namespace {

void check(const Decision& decision, const Candidates& candidates, std::int64_t types) {
  if (decision.row < 0 || decision.row >= candidates.size())
    fail("decides on row {} of {} candidates", decision.row, candidates.size());
  if (decision.type < 0 || decision.type >= types)
    fail("gives row {} the type {} of {}", decision.row, decision.type, types);
  if (!(decision.score >= 0 && decision.score <= 1.00001f))
    fail("gives row {} the score {}, expected a number in [0, 1]", decision.row, decision.score);
  if (decision.sentence < 0 || decision.sentence >= std::ssize(candidates.offsets) - 1)
    fail("puts row {} into sentence {} of {}", decision.row, decision.sentence,
         std::ssize(candidates.offsets) - 1);
  if (decision.span.begin < 0 || decision.span.begin >= decision.span.end)
    fail("gives row {} the span [{}, {})", decision.row, decision.span.begin, decision.span.end);
}

void check_order(const std::vector<Decision>& decisions) {
  for (std::size_t i = 1; i < decisions.size(); ++i) {
    const Decision &before = decisions[i - 1], &now = decisions[i];
    if (std::pair(before.row, before.type) >= std::pair(now.row, now.type))
      fail("decides on row {} type {} after row {} type {}; expected an order by row, then type", now.row,
           now.type, before.row, before.type);
  }
}

void check_scene(Head& head, const Scene& scene) {
  const Candidates candidates = scene.candidates(head.kind());
  Generator generator(scene.seed());
  Pass pass{Mode::evaluation, generator};
  const Outputs of_spans = head.reads_spans_outputs() ? scene.of_spans : Outputs();
  const Outputs outputs = head.forward(scene.features, candidates, of_spans, pass);
  const std::vector<Decision> decisions = head.decode(outputs, candidates);
  for (const Decision& decision : decisions) check(decision, candidates, types_of(head.kind()));
  check_order(decisions);
}

}  // namespace

std::string check_decisions(const Case& one) {
  one.build();
  const auto head = made_head(one.subject, {one.parameters, one.use, 7});
  const at::NoGradGuard no_gradients;
  for (int number = 0; number < 6; ++number) check_scene(*head, one.scene(number));
  check_scene(*head, one.scene(0, Shape::one_word));
  check_scene(*head, one.scene(0, Shape::no_candidates));
  return "";
}

}  // namespace spanlab::host::suite
