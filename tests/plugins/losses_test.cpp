// SPDX-License-Identifier: MIT
#include <cmath>

#include "plugins/spert_parts.hpp"
#include "spanlab/labeler.hpp"
#include "spanlab/loss.hpp"

namespace spanlab::test {

namespace {

at::Tensor values_of(const std::string& id, const at::Tensor& scores, const at::Tensor& targets) {
  return components()
      .loss(id, parameters(ComponentKind::loss, id), {})
      ->forward({scores, targets, targets, at::Tensor(), {}, {}})
      .values;
}

void check(const at::Tensor& got, const std::vector<double>& expected) {
  BOOST_REQUIRE(got.dim() == 1);
  BOOST_REQUIRE(got.size(0) == static_cast<std::int64_t>(expected.size()));
  for (std::size_t i = 0; i < expected.size(); ++i) {
    BOOST_TEST(got[static_cast<std::int64_t>(i)].item<double>() == expected[i],
               boost::test_tools::tolerance(1e-6));
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(cross_entropy_has_none_in_column_0) {
  const at::Tensor scores =
      at::tensor({0.0, 0.0, std::log(2.0), 80.0, -80.0, 0.0, 1.0, 2.0, 3.0}, at::kFloat).view({3, 3});
  const at::Tensor targets = at::tensor({0.0, 1.0, 0.0, 0.0, 0.25, 0.25}, at::kFloat).view({3, 2});
  const double all = std::log(std::exp(1.0) + std::exp(2.0) + std::exp(3.0));
  check(values_of("cross_entropy", scores, targets),
        {std::log(2.0), 0.0, all - (0.5 * 1 + 0.25 * 2 + 0.25 * 3)});
  check(values_of("cross_entropy", at::empty({0, 3}), at::empty({0, 2})), {});
}

BOOST_AUTO_TEST_CASE(binary_cross_entropy_is_the_mean_over_types) {
  const at::Tensor scores = at::tensor({0.0, 80.0, -80.0, 2.0}, at::kFloat).view({2, 2});
  const at::Tensor targets = at::tensor({1.0, 0.0, 0.0, 1.0}, at::kFloat).view({2, 2});
  check(values_of("bce", scores, targets), {(std::log(2.0) + 80) / 2, std::log1p(std::exp(-2.0)) / 2});
  // One column asks whether there is any type.
  check(values_of("bce", at::tensor({0.0, 2.0}, at::kFloat).view({2, 1}),
                  at::tensor({0.0, 0.0, 0.0, 1.0}, at::kFloat).view({2, 2})),
        {std::log(2.0), std::log1p(std::exp(-2.0))});
  check(values_of("bce", at::empty({0, 2}), at::empty({0, 2})), {});
}

BOOST_AUTO_TEST_CASE(losses_say_what_they_compare) {
  const auto cross_entropy =
      components().loss("cross_entropy", parameters(ComponentKind::loss, "cross_entropy"), {});
  BOOST_TEST(cross_entropy->accepts(5, 4));
  BOOST_TEST(!cross_entropy->accepts(1, 4));
  const auto bce = components().loss("bce", parameters(ComponentKind::loss, "bce"), {});
  BOOST_TEST(bce->accepts(4, 4));
  BOOST_TEST(bce->accepts(1, 4));
  BOOST_TEST(!bce->accepts(5, 4));
}

BOOST_AUTO_TEST_CASE(hard_labels_are_one_hot_per_gold_item) {
  const auto labeler =
      components().labeler("hard", parameters(ComponentKind::labeler, "hard"), {HeadKind::spans, {}, {}, 1});
  const Sentence sentence{"", "", {"a", "b"}, {{}, {{{{0, 1}, 1}, {{1, 2}, 0}}, {{0, 1, 2}, {0, 1, 0}}}}};
  std::vector<float> spans(3 * 2, 0);
  labeler->label_spans(sentence, 1, {{{0, 1}, {1, 2}, {0, 2}}, {{0}, {1}}}, 2, spans);
  BOOST_TEST((spans == std::vector<float>{0, 1, 1, 0, 0, 0}));
  std::vector<float> pairs(2 * 3, 0);
  labeler->label_pairs(sentence, 1, {}, {{{0, 1}, {1, 0}}, {{0, 1}}}, 3, pairs);
  BOOST_TEST((pairs == std::vector<float>{1, 0, 1, 0, 0, 0}));
}

}  // namespace spanlab::test
