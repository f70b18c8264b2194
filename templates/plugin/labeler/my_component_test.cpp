// SPDX-License-Identifier: MIT
// Two candidates and three types: the first candidate stands for an entity of type 2, the second for none.
#include <algorithm>
#include <iostream>

#include "my_component.hpp"

int main() {
  const spanlab::Annotation annotation{.entities = {{{0, 1}, 2}}, .relations = {}};
  const spanlab::Sentence sentence{.id = "1", .document = "", .words = {"a", "b"}, .views = {annotation}};
  const spanlab::SpanSample sample{.spans = {{0, 1}, {1, 2}}, .gold = {{0}}};
  const spanlab::Parameters parameters(my_component_schema(), {{"certainty", 0.75}});
  const auto labeler = make_my_component(parameters, {spanlab::HeadKind::spans, {}, {}});
  std::vector<float> targets(6, 0);
  labeler->label_spans(sentence, 0, sample, 3, targets);
  if (targets == std::vector<float>{0, 0, 0.75, 0, 0, 0}) return 0;
  for (const float target : targets) std::cerr << target << ' ';
  std::cerr << ": expected 0 0 0.75 0 0 0\n";
  return 1;
}
