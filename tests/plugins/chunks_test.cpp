// SPDX-License-Identifier: MIT
// A head over many pairs, computed chunk by chunk: the same scores and gradients as by the chunks' own
// passes.
#include "tasks/forward_in_chunks.hpp"

#include "plugins/spert_parts.hpp"

namespace spanlab::test {

namespace {

const std::vector<PlacedSpan> kPlaces{{0, {0, 1}}, {0, {2, 4}}, {0, {3, 6}},
                                      {0, {1, 2}}, {1, {0, 4}}, {1, {3, 4}}};
const PlacedPairs kPlacedPairs{
    kPlaces, {{0, 1}, {1, 0}, {0, 2}, {2, 3}, {0, 3}, {4, 5}, {5, 4}}, {0, 5, 7}, {}};

/// A pair head that shares the width table of a span head, as in training.
struct Heads {
  explicit Heads(const Scene& scene, double dropout) {
    Generator generator(5);
    HeadSetup setup{.width = 8,
                    .inventory = scene.inventory,
                    .spans_outputs = {},
                    .spans_widths = {},
                    .generator = generator};
    spans = components().head(
        "span", parameters(ComponentKind::head, "span", {{"width_embedding", std::int64_t{4}}}), setup);
    spans->to(at::kDouble);
    setup.spans_widths = spans->widths();
    pairs = components().head("pair", parameters(ComponentKind::head, "pair", {{"dropout", dropout}}), setup);
    pairs->to(at::kDouble);
    trained = pairs->parameters();
    for (const at::Tensor& parameter : spans->parameters()) trained.push_back(parameter);
  }
  std::shared_ptr<Head> spans, pairs;
  std::vector<at::Tensor> trained;
};

// Gradients of the trained weights and of the features; undefined ones are left out.
std::vector<at::Tensor> gradients(const Heads& heads, const Features& features, const at::Tensor& value) {
  std::vector<at::Tensor> leaves = heads.trained;
  leaves.push_back(features.units);
  for (const at::Tensor& leaf : leaves) leaf.mutable_grad() = at::Tensor();
  value.backward();
  std::vector<at::Tensor> found;
  for (const at::Tensor& leaf : leaves) {
    if (leaf.grad().defined()) found.push_back(leaf.grad().clone());
  }
  return found;
}

}  // namespace

BOOST_AUTO_TEST_CASE(chunks_of_a_head_s_pairs_are_the_whole) {
  Scene scene(8);
  scene.features.units.requires_grad_(true);
  const Candidates all = pair_candidates(scene.batch, kPlacedPairs, {});
  for (const double dropout : {0.0, 0.4}) {
    const Heads heads(scene, dropout);
    const at::Tensor factor = at::arange(7 * 3, at::kDouble).cos().view({7, 3});
    for (const std::int64_t most : {2, 3, 6, 7, 100}) {
      Generator in_chunks(9), apart(9);
      Pass pass{Mode::training, in_chunks}, pass_apart{Mode::training, apart};
      const at::Tensor whole =
          forward_in_chunks(*heads.pairs, heads.trained, scene.features, all, {}, pass, most).at("classify");
      std::vector<at::Tensor> chunks;
      for (std::int64_t begin = 0; begin < 7; begin += most) {
        Candidates some = all;
        some.pairs = all.pairs.slice(0, begin, begin + most);
        some.contexts = all.contexts.slice(0, begin, begin + most);
        chunks.push_back(heads.pairs->forward(scene.features, some, {}, pass_apart).at("classify"));
      }
      BOOST_TEST(at::equal(whole, at::cat(chunks)));
      BOOST_TEST(in_chunks.save() == apart.save());
      const std::vector<at::Tensor> got = gradients(heads, scene.features, (whole * factor).sum());
      const std::vector<at::Tensor> wanted =
          gradients(heads, scene.features, (at::cat(chunks) * factor).sum());
      BOOST_REQUIRE(got.size() == wanted.size());
      BOOST_TEST(got.size() == 4u);  // weight, bias, the shared table, the states
      for (std::size_t i = 0; i < got.size(); ++i)
        BOOST_TEST((got[i] - wanted[i]).abs().max().item<double>() < 1e-12);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_frozen_encoder_s_features_need_no_gradient) {
  const Scene scene(8);
  const Candidates all = pair_candidates(scene.batch, kPlacedPairs, {});
  const Heads heads(scene, 0);
  Generator generator(9);
  Pass pass{Mode::training, generator};
  forward_in_chunks(*heads.pairs, heads.trained, scene.features, all, {}, pass, 2)
      .at("classify")
      .sum()
      .backward();
  BOOST_TEST(heads.trained.front().grad().abs().sum().item<double>() > 0);
  BOOST_TEST(!scene.features.units.requires_grad());
}

}  // namespace spanlab::test
