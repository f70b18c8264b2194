// SPDX-License-Identifier: MIT
// With a hidden layer and scores of ones, a class's score is the sum of the maxima over the span.
#include <ATen/ATen.h>

#include <iostream>

#include "my_component.hpp"

int main() {
  const spanlab::Inventory inventory{.entities = {{"Place", "Place"}}, .relations = {}};
  spanlab::Generator generator(1);
  const spanlab::Parameters parameters(my_component_schema(), {{"hidden", std::int64_t{1}}});
  const auto head =
      make_my_component(parameters, {.width = 2, .inventory = inventory, .generator = generator});
  const at::NoGradGuard no_gradients;
  for (const auto& parameter : head->named_parameters()) {
    if (parameter.key() != "bias") parameter.value().fill_(1);
  }
  spanlab::Features features{at::tensor({1.0f, 5.0f, 3.0f, 2.0f}).reshape({2, 2}), at::zeros({1, 2})};
  spanlab::Candidates candidates{.places = {{0, {0, 2}}},
                                 .units = at::tensor({0, 2}, at::kLong).reshape({1, 2})};
  spanlab::Pass pass{spanlab::Mode::evaluation, generator};
  const at::Tensor scores = head->forward(features, candidates, {}, pass).at("classify");
  if (at::equal(scores, at::tensor({8.0f, 8.0f}).reshape({1, 2}))) return 0;
  std::cerr << "expected 3 + 5 for each class, got " << scores << '\n';
  return 1;
}
