// SPDX-License-Identifier: MIT
// The states of a sentence are its words' vectors, an unknown word has that of number 0, and the sentence has
// their mean.
#include <ATen/ATen.h>

#include <iostream>

#include "my_component.hpp"

int main() {
  const std::vector<spanlab::Sentence> training{
      {.id = "1", .document = "", .words = {"a", "b"}, .views = {}}};
  const spanlab::Sentence sentence{.id = "2", .document = "", .words = {"b", "unseen"}, .views = {}};
  spanlab::Generator generator(1);
  const spanlab::Parameters parameters(my_component_schema(), {{"size", std::int64_t{3}}});
  const auto encoder = make_my_component(
      parameters, {.model = {}, .training = training, .vocabulary = "", .generator = generator});
  const spanlab::EncodedSentence encoded = encoder->encode(sentence);
  const std::vector<spanlab::Item> items{{&sentence, &encoded}};
  spanlab::Pass pass{spanlab::Mode::evaluation, generator};
  const spanlab::Features features = encoder->forward(spanlab::make_batch(items), pass);
  const at::Tensor table = encoder->named_parameters()["table"];
  const at::Tensor expected = at::stack({table[2], table[0]});
  if (at::equal(features.units, expected) && at::allclose(features.sentences[0], expected.mean(0))) return 0;
  std::cerr << "expected " << expected << ", got " << features.units << features.sentences << '\n';
  return 1;
}
