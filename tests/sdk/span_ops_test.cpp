// SPDX-License-Identifier: MIT
#include "spanlab/span_ops.hpp"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>

#include "spanlab/kernel.hpp"
#include "test.hpp"

using namespace spanlab;

namespace {

at::Tensor random_states(std::int64_t units, std::int64_t width, std::mt19937& random, bool ties,
                         at::ScalarType type = at::kFloat) {
  std::normal_distribution<double> normal;
  at::Tensor states = at::empty({units, width}, at::kDouble);
  for (std::int64_t i = 0; i < states.numel(); ++i) {
    double value = normal(random);
    states.mutable_data_ptr<double>()[i] = ties ? std::round(value) : value;
  }
  return states.to(type);
}

at::Tensor random_ranges(std::int64_t units, std::int64_t count, std::mt19937& random) {
  at::Tensor ranges = at::empty({count, 2}, at::kLong);
  std::uniform_int_distribution<std::int64_t> place(0, units);
  for (std::int64_t n = 0; n < count; ++n) {
    std::int64_t a = place(random), b = place(random);
    bool reversed = n % 5 == 4;  // an empty range, end before begin
    ranges[n][0] = reversed ? std::max(a, b) : std::min(a, b);
    ranges[n][1] = reversed ? std::min(a, b) : std::max(a, b);
  }
  return ranges;
}

struct Result {
  at::Tensor values;
  at::Tensor gradient;
};

template <typename Function>
Result run(const Function& function, const at::Tensor& states, const at::Tensor& ranges,
           const at::Tensor& upstream) {
  at::Tensor leaf = states.detach().clone().requires_grad_(true);
  at::Tensor values = function(leaf, ranges);
  at::Tensor gradient = at::zeros_like(leaf);
  if (values.requires_grad()) gradient = torch::autograd::grad({values}, {leaf}, {upstream})[0];
  return {values.detach(), gradient};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(span_ops)

BOOST_AUTO_TEST_CASE(maximum_equals_the_reference) {
  std::mt19937 random(1);
  for (int round = 0; round < 60; ++round) {
    std::int64_t units = 1 + random() % 40, width = 1 + random() % 70, count = random() % 50;
    at::Tensor states = random_states(units, width, random, round % 2 == 0),
               ranges = random_ranges(units, count, random);
    at::Tensor upstream = random_states(count, width, random, false);
    Result ours = run(max_over_rows, states, ranges, upstream),
           reference = run(max_over_rows_reference, states, ranges, upstream);
    BOOST_TEST(at::equal(ours.values, reference.values));
    BOOST_TEST(at::allclose(ours.gradient, reference.gradient, 1e-6, 1e-6));
  }
}

BOOST_AUTO_TEST_CASE(types_without_a_kernel_give_the_same) {
  std::mt19937 random(2);
  for (int round = 0; round < 30; ++round) {
    std::int64_t units = 1 + random() % 33, width = 1 + random() % 9, count = 1 + random() % 40;
    // Small integers are exact in half precision too.
    at::Tensor states = random_states(units, width, random, true),
               ranges = random_ranges(units, count, random);
    at::Tensor upstream = random_states(count, width, random, true);
    Result kernel = run(max_over_rows, states, ranges, upstream);
    Result general = run(max_over_rows, states.to(at::kHalf), ranges, upstream.to(at::kHalf));
    BOOST_TEST(at::equal(kernel.values, general.values.to(at::kFloat)));
    BOOST_TEST(at::equal(kernel.gradient, general.gradient.to(at::kFloat)));
  }
}

BOOST_AUTO_TEST_CASE(gradient_equals_finite_differences) {
  std::mt19937 random(3);
  at::Tensor states = random_states(9, 5, random, false, at::kDouble), ranges = random_ranges(9, 20, random);
  at::Tensor upstream = random_states(20, 5, random, false, at::kDouble);
  at::Tensor gradient = run(max_over_rows, states, ranges, upstream).gradient;
  for (std::int64_t i = 0; i < states.numel(); ++i) {
    constexpr double kStep = 1e-6;
    at::Tensor up = states.clone(), down = states.clone();
    up.view(-1)[i] += kStep;
    down.view(-1)[i] -= kStep;
    double slope =
        ((max_over_rows(up, ranges) - max_over_rows(down, ranges)) * upstream).sum().item<double>() /
        (2 * kStep);
    BOOST_TEST(std::abs(slope - gradient.view(-1)[i].item<double>()) < 1e-7);
  }
}

BOOST_AUTO_TEST_CASE(large_ranges_on_all_threads) {
  std::mt19937 random(4);
  at::Tensor states = random_states(300, 384, random, false), ranges = random_ranges(300, 500, random);
  at::Tensor upstream = random_states(500, 384, random, false);
  Result ours = run(max_over_rows, states, ranges, upstream),
         reference = run(max_over_rows_reference, states, ranges, upstream);
  BOOST_TEST(at::equal(ours.values, reference.values));
  BOOST_TEST(at::allclose(ours.gradient, reference.gradient, 1e-5, 1e-5));
}

BOOST_AUTO_TEST_CASE(extremes) {
  at::Tensor none = max_over_rows(at::randn({3, 4}), at::empty({0, 2}, at::kLong));
  BOOST_TEST(none.size(0) == 0);
  BOOST_TEST(none.size(1) == 4);
  at::Tensor low = at::full({2, 3}, -1e38);
  at::Tensor both = at::tensor({0, 2, 1, 1}, at::kLong).view({2, 2});
  at::Tensor maxima = max_over_rows(low, both);
  BOOST_TEST(at::equal(maxima[0], low[0]));
  BOOST_TEST(at::equal(maxima[1], at::zeros({3})));
  low[1][1] = std::nan("");
  BOOST_TEST(std::isnan(max_over_rows(low, both)[0][1].item<float>()));
}

BOOST_AUTO_TEST_CASE(dropout_keeps_its_promises) {
  Generator generator(5);
  Pass training{Mode::training, generator}, evaluation{Mode::evaluation, generator};
  at::Tensor input = at::ones({200, 500}).requires_grad_(true);
  BOOST_TEST(dropout(input, 0.3, evaluation).is_same(input));
  BOOST_TEST(dropout(input, 0, training).is_same(input));
  at::Tensor output = dropout(input, 0.3, training);
  double kept = (output != 0).sum().item<double>() / output.numel();
  BOOST_TEST(std::abs(kept - 0.7) < 0.005);
  BOOST_TEST(std::abs(output.max().item<double>() - 1 / 0.7) < 1e-6);
  output.sum().backward();
  BOOST_TEST(at::equal(input.grad(), output.detach()));
  BOOST_TEST(!at::equal(dropout(input, 0.3, training), output));
  // Neighbouring rows and columns must not go together.
  at::Tensor mask = (output.detach() != 0).to(at::kDouble) - 0.7;
  BOOST_TEST(std::abs((mask.slice(0, 1) * mask.slice(0, 0, -1)).mean().item<double>()) < 0.003);
  BOOST_TEST(std::abs((mask.slice(1, 1) * mask.slice(1, 0, -1)).mean().item<double>()) < 0.003);
}

BOOST_AUTO_TEST_CASE(dropout_mask_is_the_same_for_every_type) {
  Generator one(6), two(6);
  Pass first{Mode::training, one}, second{Mode::training, two};
  at::Tensor a = dropout(at::ones({37, 21}), 0.5, first),
             b = dropout(at::ones({37, 21}, at::kDouble), 0.5, second);
  BOOST_TEST(at::equal(a.to(at::kDouble), b));
}

BOOST_AUTO_TEST_CASE(normal_numbers) {
  Generator generator(7);
  at::Tensor numbers = at::empty({300, 200});
  fill_normal(numbers, 0.02, generator);
  BOOST_TEST(std::abs(numbers.mean().item<double>()) < 3e-4);
  BOOST_TEST(std::abs(numbers.std().item<double>() - 0.02) < 3e-4);
}

BOOST_AUTO_TEST_CASE(tasks_run_once_each_and_exceptions_come_out) {
  std::vector<std::atomic<int>> runs(1000);
  parallel_tasks(1000, [&](std::int64_t i) { ++runs[i]; });
  for (const auto& count : runs) BOOST_TEST_REQUIRE(count == 1);
  BOOST_CHECK_THROW(parallel_tasks(8,
                                   [](std::int64_t i) {
                                     if (i == 5) throw std::runtime_error("task 5");
                                   }),
                    std::runtime_error);
  parallel_tasks(0, [](std::int64_t) { BOOST_ERROR("no task was asked for"); });
}

BOOST_AUTO_TEST_SUITE_END()
