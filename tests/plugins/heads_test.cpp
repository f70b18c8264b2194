// SPDX-License-Identifier: MIT
#include "plugins/spert_parts.hpp"

namespace spanlab::test {

namespace {

const std::vector<PlacedSpan> kSpans{{0, {0, 1}}, {0, {2, 4}}, {0, {3, 6}},
                                     {0, {1, 2}}, {1, {0, 4}}, {1, {3, 4}}};
const PlacedPairs kPairs{kSpans, {{0, 1}, {1, 0}, {0, 2}, {2, 3}, {0, 3}, {4, 5}, {5, 4}}, {0, 5, 7}};

std::shared_ptr<Head> head_of(const std::string& id, const Scene& scene, const at::Tensor& widths = {}) {
  Generator generator(5);
  HeadSetup setup{.width = scene.features.units.size(1),
                  .inventory = scene.inventory,
                  .spans_outputs = {},
                  .spans_widths = widths,
                  .generator = generator};
  auto head = components().head(
      id, parameters(ComponentKind::head, id, {{"dropout", 0.0}, {"width_embedding", std::int64_t{4}}}),
      setup);
  head->to(at::kDouble);
  return head;
}

at::Tensor scores(Head& head, const Features& features, const Candidates& candidates, Mode mode) {
  Generator generator(1);
  Pass pass{mode, generator};
  return head.forward(features, candidates, {}, pass).at("classify");
}

// Weighted sum of the scores against its derivative along a random direction of every parameter and of the
// states.
void check_gradients(Head& head, Features features, const Candidates& candidates) {
  at::manual_seed(1);
  features.units = features.units.clone().requires_grad_(true);
  const at::Tensor factor = at::randn_like(scores(head, features, candidates, Mode::training));
  auto value = [&] { return (scores(head, features, candidates, Mode::training) * factor).sum(); };
  value().backward();
  std::vector<at::Tensor> inputs = head.parameters();
  inputs.push_back(features.units);
  for (at::Tensor& input : inputs) {
    BOOST_REQUIRE(input.grad().defined());
    const at::NoGradGuard no_gradients;
    const at::Tensor direction = at::randn_like(input);
    const double slope = (input.grad() * direction).sum().item<double>();
    const double step = 1e-6;
    input.add_(direction, step);
    const double above = value().item<double>();
    input.sub_(direction, 2 * step);
    const double below = value().item<double>();
    input.add_(direction, step);
    BOOST_TEST((above - below) / (2 * step) == slope, boost::test_tools::tolerance(1e-5));
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(span_head_scores_joined_and_summed_alike) {
  const Scene scene(8);
  const auto head = head_of("span", scene);
  const Candidates candidates = span_candidates(scene.batch, kSpans, {});
  const at::Tensor joined = scores(*head, scene.features, candidates, Mode::training);
  BOOST_TEST(joined.size(0) == 6);
  BOOST_TEST(joined.size(1) == 3);
  BOOST_TEST(at::allclose(joined, scores(*head, scene.features, candidates, Mode::evaluation), 0, 1e-12));
  check_gradients(*head, scene.features, candidates);
}

BOOST_AUTO_TEST_CASE(pair_head_scores_joined_and_summed_alike) {
  const Scene scene(8);
  const auto spans = head_of("span", scene);
  const Candidates candidates = pair_candidates(scene.batch, kPairs, {});
  for (const at::Tensor& widths : {spans->widths(), at::Tensor()}) {
    const auto head = head_of("pair", scene, widths);
    BOOST_TEST(head->parameters().size() == (widths.defined() ? 2u : 3u));
    const at::Tensor joined = scores(*head, scene.features, candidates, Mode::training);
    BOOST_TEST(joined.size(0) == 7);
    BOOST_TEST(joined.size(1) == 3);
    BOOST_TEST(at::allclose(joined, scores(*head, scene.features, candidates, Mode::evaluation), 0, 1e-12));
    check_gradients(*head, scene.features, candidates);
  }
}

BOOST_AUTO_TEST_CASE(heads_accept_no_candidates) {
  const Scene scene(8);
  for (Mode mode : {Mode::training, Mode::evaluation}) {
    const auto spans = head_of("span", scene);
    const Candidates no_spans = span_candidates(scene.batch, {}, {});
    const at::Tensor span_scores = scores(*spans, scene.features, no_spans, mode);
    BOOST_TEST(span_scores.size(0) == 0);
    BOOST_TEST(spans->decode({{"classify", span_scores}}, no_spans).empty());
    const auto pairs = head_of("pair", scene, spans->widths());
    const Candidates no_pairs = pair_candidates(scene.batch, {{}, {}, {0, 0, 0}}, {});
    const at::Tensor pair_scores = scores(*pairs, scene.features, no_pairs, mode);
    BOOST_TEST(pair_scores.size(0) == 0);
    BOOST_TEST(pairs->decode({{"classify", pair_scores}}, no_pairs).empty());
  }
}

BOOST_AUTO_TEST_CASE(heads_decide) {
  const Scene scene(8);
  const auto spans = head_of("span", scene);
  const Candidates candidates = span_candidates(scene.batch, {kSpans[0], kSpans[4]}, {});
  const std::vector<Decision> entities = spans->decode(
      {{"classify", at::tensor({1.0, 0.5, 0.9, 0.0, 0.0, std::log(2.0)}).view({2, 3})}}, candidates);
  BOOST_REQUIRE(entities.size() == 1u);  // the first is none
  BOOST_TEST(entities[0].row == 1);
  BOOST_TEST(entities[0].sentence == 1);
  BOOST_TEST((entities[0].span == Span{0, 4}));
  BOOST_TEST(entities[0].type == 1);
  BOOST_TEST(entities[0].score == 0.5f, boost::test_tools::tolerance(1e-6f));

  const auto pairs = head_of("pair", scene, spans->widths());
  const Candidates pair = pair_candidates(scene.batch, {kSpans, {{0, 1}}, {0, 1, 1}}, {});
  const double at_threshold = std::log(0.4 / 0.6) + 1e-6;
  const std::vector<Decision> relations =
      pairs->decode({{"classify", at::tensor({2.0, at_threshold - 1e-3, at_threshold}).view({1, 3})}}, pair);
  BOOST_REQUIRE(relations.size() == 2u);  // several types may hold
  BOOST_TEST(relations[0].type == 0);
  BOOST_TEST(relations[1].type == 2);
}

BOOST_AUTO_TEST_CASE(contexts_lie_strictly_between) {
  const Scene scene(8);
  const Candidates candidates = pair_candidates(scene.batch, kPairs, {});
  const std::int64_t expected[][2] = {{1, 2}, {1, 2}, {1, 3}, {2, 3}, {0, 0}, {0, 0}, {0, 0}};
  for (std::int64_t i = 0; i < 7; ++i) {
    BOOST_TEST(candidates.contexts[i][0].item<std::int64_t>() == expected[i][0]);
    BOOST_TEST(candidates.contexts[i][1].item<std::int64_t>() == expected[i][1]);
  }
  BOOST_TEST(candidates.units[5][0].item<std::int64_t>() == 9);
  BOOST_TEST((candidates.offsets == std::vector<std::int64_t>{0, 5, 7}));
}

}  // namespace spanlab::test
