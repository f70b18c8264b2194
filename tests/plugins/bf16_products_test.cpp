// SPDX-License-Identifier: MIT
// What rounding in bfloat16 means: factors are rounded to the nearest, added up in single precision, and the
// sum is rounded once more. So a product of positive factors is within half a unit of the last of 8 bits of
// the exact sum over the rounded factors, whatever the processor. Roundings that are wrong lie outside; the
// trajectories' tolerance (tests/parity/bf16_test.cpp) would not tell them.
#include <ATen/ATen.h>

#include <cmath>

#include "bert/workspace.hpp"
#include "spanlab/generator.hpp"
#include "test.hpp"

namespace spanlab::test {

namespace {

at::Tensor rounded(const at::Tensor& tensor) { return tensor.to(at::kBFloat16).to(at::kDouble); }

// Towards zero: the lower half of a single precision number is cut off.
at::Tensor truncated(const at::Tensor& tensor) {
  return tensor.to(at::kFloat)
      .contiguous()
      .view(at::kInt)
      .bitwise_and(static_cast<std::int64_t>(-65536))
      .view(at::kFloat)
      .to(at::kDouble);
}

// Sums of products with a rounding after every addition.
at::Tensor coarsely_summed(const at::Tensor& a, const at::Tensor& b) {
  at::Tensor sum = at::zeros({a.size(0), b.size(0)}, at::kDouble);
  for (std::int64_t k = 0; k < a.size(1); ++k)
    sum = rounded(sum + a.select(1, k).unsqueeze(1) * b.select(1, k).unsqueeze(0));
  return sum;
}

// The largest distance in halves of the unit of the last of 8 bits.
double off(const at::Tensor& got, const at::Tensor& exact) {
  const at::Tensor half = at::exp2(at::floor(at::log2(exact)) - 8);
  return ((got.to(at::kDouble) - exact).abs() / half).max().item<double>();
}

// Half a unit, and 2e-5 of the sum for some hundred additions of positive numbers in single precision.
constexpr double kNearest = 1.02;

}  // namespace

BOOST_AUTO_TEST_SUITE(bf16_products)

BOOST_AUTO_TEST_CASE(factors_are_rounded_to_the_nearest_and_sums_are_not) {
  Generator draw(3);
  at::manual_seed(4);
  for (int round = 0; round < 8; ++round) {
    const auto size = [&](std::uint64_t least, std::uint64_t most) {
      return static_cast<std::int64_t>(least + draw.below(most - least));
    };
    const std::int64_t rows = size(1, 60), inner = size(100, 300), columns = size(17, 90);
    const at::Tensor a = at::rand({rows, inner}) + 1, weights = at::rand({columns, inner}) + 1;
    const at::Tensor exact = at::mm(rounded(a), rounded(weights).t());
    at::Tensor out = at::empty({rows, columns}), back = at::ones({rows, columns}),
               of_rows = at::empty({rows, columns});
    const auto nothing = [](bert::Share) {};
    bert::product(out, a, weights.to(at::kBFloat16), nothing);
    BOOST_TEST(off(out, exact) <= kNearest);
    bert::product_back(back, a, weights.t().contiguous().to(at::kBFloat16), bert::Into::fresh, nothing);
    BOOST_TEST(off(back, exact) <= kNearest);
    bert::product_of_rows(of_rows, a.t().contiguous(), weights.t().contiguous(), at::kBFloat16);
    BOOST_TEST(off(of_rows, exact) <= kNearest);
    bert::product_back(back.fill_(1), a, weights.t().contiguous().to(at::kBFloat16), bert::Into::sum,
                       nothing);
    BOOST_TEST(off(back - 1, exact) <= kNearest);

    // What must not pass.
    BOOST_TEST(off(rounded(at::mm(truncated(a), rounded(weights).t())), exact) > kNearest);
    BOOST_TEST(off(rounded(at::mm(rounded(a), truncated(weights).t())), exact) > kNearest);
    if (rows * columns > 100) BOOST_TEST(off(truncated(exact), exact) > kNearest);
    BOOST_TEST(off(coarsely_summed(rounded(a), rounded(weights)), exact) > kNearest);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace spanlab::test
