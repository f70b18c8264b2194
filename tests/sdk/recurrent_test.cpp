// SPDX-License-Identifier: MIT
#include "sdk/recurrent.hpp"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>

#include "test.hpp"

using namespace spanlab;

namespace {

struct Given {
  at::Tensor input, of_units, of_finals;
  std::vector<std::int64_t> offsets;
  std::vector<at::Tensor> weights;
};

Given make(Cell cell, const std::vector<std::int64_t>& lengths, std::int64_t width, std::int64_t h,
           at::ScalarType type = at::kFloat) {
  Given given;
  given.offsets = {0};
  for (std::int64_t length : lengths) given.offsets.push_back(given.offsets.back() + length);
  const std::int64_t gates = (cell == Cell::gru ? 3 : 4) * h;
  auto options = at::TensorOptions(type);
  given.input = at::randn({given.offsets.back(), width}, options).requires_grad_(true);
  for (int side = 0; side < 2; ++side) {
    for (std::vector<std::int64_t> shape :
         {std::vector<std::int64_t>{gates, width}, {gates, h}, {gates}, {gates}}) {
      given.weights.push_back(at::randn(shape, options).mul_(0.7).requires_grad_(true));
    }
  }
  given.of_units = at::randn({given.offsets.back(), 2 * h}, options);
  given.of_finals = at::randn({static_cast<std::int64_t>(lengths.size()), 2 * h}, options);
  return given;
}

template <typename Function>
std::vector<at::Tensor> values_and_gradients(const Function& function, Cell cell, const Given& given) {
  TowerOutput output = function(cell, given.input, given.offsets, given.weights);
  std::vector<at::Tensor> leaves{given.input};
  leaves.insert(leaves.end(), given.weights.begin(), given.weights.end());
  at::Tensor total = (output.units * given.of_units).sum() + (output.finals * given.of_finals).sum();
  std::vector<at::Tensor> all{output.units, output.finals};
  for (const at::Tensor& gradient : torch::autograd::grad({total}, leaves)) all.push_back(gradient);
  return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(recurrent)

BOOST_AUTO_TEST_CASE(values_and_gradients_equal_the_reference) {
  at::manual_seed(1);
  for (Cell cell : {Cell::gru, Cell::lstm}) {
    for (const std::vector<std::int64_t>& lengths :
         {std::vector<std::int64_t>{3, 1, 5}, {1}, {17, 2, 9, 1, 26}, {6, 6}, {4, 0, 2}, {0, 3}}) {
      Given given = make(cell, lengths, 7, 21);
      auto ours = values_and_gradients(recurrent_layer, cell, given),
           reference = values_and_gradients(recurrent_layer_reference, cell, given);
      for (std::size_t i = 0; i < ours.size(); ++i) {
        BOOST_TEST(ours[i].sizes() == reference[i].sizes());
        double difference = (ours[i] - reference[i]).abs().max().item<double>(),
               largest = reference[i].abs().max().item<double>();
        BOOST_TEST(difference <= 5e-6 * std::max(1.0, largest),
                   "tensor " << i << " differs by " << difference << " of " << largest);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(reference_equals_each_sentence_alone) {
  at::manual_seed(2);
  for (Cell cell : {Cell::gru, Cell::lstm}) {
    Given given = make(cell, {3, 1, 5}, 4, 3);
    TowerOutput output = recurrent_layer(cell, given.input, given.offsets, given.weights);
    for (std::size_t s = 0; s + 1 < given.offsets.size(); ++s) {
      at::Tensor part = given.input.slice(0, given.offsets[s], given.offsets[s + 1]).unsqueeze(1);
      at::Tensor zeros = at::zeros({2, 1, 3});
      at::Tensor expected =
          cell == Cell::gru
              ? std::get<0>(at::gru(part, zeros, given.weights, true, 1, 0, false, true, false))
              : std::get<0>(at::lstm(part, {zeros, zeros}, given.weights, true, 1, 0, false, true, false));
      BOOST_TEST(at::allclose(output.units.slice(0, given.offsets[s], given.offsets[s + 1]),
                              expected.squeeze(1), 1e-5, 1e-6));
      BOOST_TEST(at::allclose(output.finals[s].slice(0, 0, 3), expected[-1][0].slice(0, 0, 3), 1e-5, 1e-6));
      BOOST_TEST(at::allclose(output.finals[s].slice(0, 3), expected[0][0].slice(0, 3), 1e-5, 1e-6));
    }
  }
}

BOOST_AUTO_TEST_CASE(gradients_equal_finite_differences) {
  at::manual_seed(3);
  for (Cell cell : {Cell::gru, Cell::lstm}) {
    Given given = make(cell, {4, 2, 1}, 3, 4);
    Given exact = given;  // the same numbers in double precision, through the reference
    auto widen = [](at::Tensor& tensor) { tensor = tensor.detach().to(at::kDouble); };
    widen(exact.input), widen(exact.of_units), widen(exact.of_finals);
    for (at::Tensor& weight : exact.weights) widen(weight);
    auto total = [&] {
      TowerOutput output = recurrent_layer(cell, exact.input, exact.offsets, exact.weights);
      return ((output.units * exact.of_units).sum() + (output.finals * exact.of_finals).sum()).item<double>();
    };
    auto all = values_and_gradients(recurrent_layer, cell, given);
    std::vector<at::Tensor*> leaves{&exact.input};
    for (at::Tensor& weight : exact.weights) leaves.push_back(&weight);
    for (std::size_t i = 0; i < leaves.size(); ++i) {
      for (std::int64_t k = 0; k < leaves[i]->numel(); ++k) {
        double* value = leaves[i]->mutable_data_ptr<double>() + k;
        const double kept = *value, step = 1e-5;
        *value = kept + step;
        double slope = total();
        *value = kept - step;
        slope = (slope - total()) / (2 * step);
        *value = kept;
        BOOST_TEST(std::abs(slope - all[2 + i].contiguous().const_data_ptr<float>()[k]) <
                   2e-5 * std::max(1.0, std::abs(slope)));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(only_one_output_used) {
  at::manual_seed(4);
  Given given = make(Cell::gru, {3, 2}, 4, 5);
  at::Tensor ours = torch::autograd::grad(
      {recurrent_layer(Cell::gru, given.input, given.offsets, given.weights).finals.sum()}, {given.input})[0];
  at::Tensor reference = torch::autograd::grad(
      {recurrent_layer_reference(Cell::gru, given.input, given.offsets, given.weights).finals.sum()},
      {given.input})[0];
  BOOST_TEST(at::allclose(ours, reference, 1e-5, 1e-6));
}

BOOST_AUTO_TEST_CASE(saturated_gates_stay_finite) {
  for (Cell cell : {Cell::gru, Cell::lstm}) {
    Given given = make(cell, {6, 6}, 3, 4);
    given.input = (given.input.detach() * 200).requires_grad_(true);
    for (const at::Tensor& tensor : values_and_gradients(recurrent_layer, cell, given))
      BOOST_TEST(tensor.isfinite().all().item<bool>());
  }
}

BOOST_AUTO_TEST_SUITE_END()
