// SPDX-License-Identifier: MIT
// With a share of 1, all negatives overlap the gold entity, as far as there are so many: of the ten spans of
// a sentence of four words that are not (1, 2), five do.
#include <algorithm>
#include <iostream>

#include "my_component.hpp"

int main() {
  const spanlab::Sentence sentence{.id = "1", .document = "", .words = {"a", "b", "c", "d"}, .views = {}};
  const spanlab::Annotation gold{.entities = {{{1, 2}, 0}}, .relations = {}};
  const spanlab::Inventory inventory;
  const spanlab::Parameters parameters(my_component_schema(), {{"share", 1.0}});
  const auto sampler = make_my_component(parameters, {spanlab::HeadKind::spans, inventory, {1}});
  spanlab::Generator generator(1);
  const spanlab::SpanSample sample = sampler->sample_spans(sentence, gold, generator);
  const auto near = std::count_if(sample.spans.begin() + 1, sample.spans.end(),
                                  [](const spanlab::Span& span) { return overlap(span, {1, 2}); });
  if (sample.gold.size() == 1 && sample.spans[0] == spanlab::Span{1, 2} && near == 5) return 0;
  std::cerr << "expected the gold span and 5 that overlap it, got " << sample.gold.size() << " and " << near
            << '\n';
  return 1;
}
