// SPDX-License-Identifier: MIT
// A value that was worked out by hand: with scores 0 and log 3 the second class has p = 3/4.
#include <ATen/ATen.h>

#include <cmath>
#include <iostream>

#include "my_component.hpp"

int main() {
  const spanlab::Parameters parameters(my_component_schema(), {{"epsilon", 2.0}});
  const auto loss = make_my_component(parameters, {.columns = 2, .types = 1});
  const at::Tensor scores = at::tensor({0.0, std::log(3.0)}).reshape({1, 2});
  const at::Tensor targets = at::ones({1, 1}, at::kDouble), first = at::zeros({1}, at::kLong);
  const spanlab::Candidates candidates{.places = {{0, {0, 1}}}};
  const spanlab::LossValues found = loss->forward({scores, targets, targets, first, candidates, {}});
  const double expected = -std::log(0.75) + 2 * 0.25;
  if (std::abs(found.values[0].item<double>() - expected) < 1e-9) return 0;
  std::cerr << "expected " << expected << ", got " << found.values << '\n';
  return 1;
}
