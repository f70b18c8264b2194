// SPDX-License-Identifier: MIT
#include "plugins/random_scene.hpp"

#include "spanlab/span_ops.hpp"

namespace spanlab::test {

namespace {

// The leaves of one graph: parameters, features, outputs of the spans.
struct Leaves {
  Leaves(const Head& head, const RandomScene& scene, const Outputs& given) : all(head.parameters()) {
    const auto leaf = [&](const at::Tensor& tensor) {
      return all.emplace_back(tensor.clone().requires_grad_());
    };
    features = {leaf(scene.features.units), leaf(scene.features.sentences)};
    for (const auto& [name, scores] : given) of_spans[name] = leaf(scores);
  }
  // Gradients of a weighted sum of `outputs`, zeros where there is none.
  std::vector<at::Tensor> gradients(const Outputs& outputs) const {
    at::Tensor sum = at::zeros({}, at::kDouble);
    for (const auto& [name, scores] : outputs)
      sum = sum + (scores * at::arange(1, scores.numel() + 1, at::kDouble).sin().view_as(scores)).sum();
    for (const at::Tensor& leaf : all) leaf.mutable_grad() = at::Tensor();
    if (sum.requires_grad()) sum.backward();
    std::vector<at::Tensor> found;
    for (const at::Tensor& leaf : all)
      found.push_back(leaf.grad().defined() ? leaf.grad().clone() : at::zeros_like(leaf));
    return found;
  }

  std::vector<at::Tensor> all;
  Features features;
  Outputs of_spans;
};

}  // namespace

RandomScene::RandomScene(std::uint64_t seed, std::int64_t most_words) : generator(seed) {
  for (std::int64_t i = number(1, 4); i > 0; --i)
    inventory.entities.push_back({"E" + std::to_string(i), "", false});
  for (std::int64_t i = number(1, 3); i > 0; --i)
    inventory.relations.push_back({"R" + std::to_string(i), "", false});
  const bool surrounded = number(0, 1) == 1;
  for (std::int64_t i = number(1, 4); i > 0; --i)
    add_sentence(number(0, 2) == 0 ? 1 : number(1, most_words), surrounded);
  std::vector<Item> items;
  for (std::size_t i = 0; i < sentences.size(); ++i) items.push_back({&sentences[i], &encoded[i]});
  batch = make_batch(items);
  pairs.offsets = {0};
  const bool any = number(0, 7) > 0;
  for (std::int64_t i = 0; i < batch.size(); ++i) {
    if (any) add_candidates(i);
    pairs.offsets.push_back(std::ssize(pairs.pairs));
  }
  const std::int64_t width = number(1, 9);
  features.units = at::empty({batch.unit_offsets.back(), width}, at::kDouble);
  features.sentences = at::empty({batch.size(), width}, at::kDouble);
  fill_normal(features.units, 1, generator);
  fill_normal(features.sentences, 1, generator);
}

std::int64_t RandomScene::number(std::int64_t least, std::int64_t most) {
  return least + static_cast<std::int64_t>(generator.below(static_cast<std::uint64_t>(most - least + 1)));
}

void RandomScene::add_sentence(std::int64_t words, bool surrounded) {
  EncodedSentence units;
  if (surrounded) units.ids.push_back(0);
  for (std::int64_t word = 0; word < words; ++word) {
    const std::int64_t begin = std::ssize(units.ids);
    units.ids.resize(units.ids.size() + static_cast<std::size_t>(number(1, 3)), 0);
    units.words.push_back({begin, std::ssize(units.ids)});
  }
  if (surrounded) units.ids.push_back(0);
  sentences.push_back({std::to_string(sentences.size()),
                       "",
                       std::vector<std::string>(static_cast<std::size_t>(words), "w"),
                       {{}}});
  encoded.push_back(std::move(units));
}

void RandomScene::add_candidates(std::int64_t sentence) {
  const auto words = std::ssize(sentences[static_cast<std::size_t>(sentence)].words);
  const auto first = static_cast<std::int32_t>(pairs.spans.size());
  const auto spans = static_cast<std::int32_t>(number(0, 4));
  for (std::int32_t i = 0; i < spans; ++i) {
    const std::int64_t begin = number(0, 2) == 0 ? 0 : number(0, words - 1),
                       end = number(0, 2) == 0 ? words : number(begin + 1, words);
    pairs.spans.push_back({sentence, {static_cast<std::int32_t>(begin), static_cast<std::int32_t>(end)}});
    pairs.types.push_back(number(-1, std::ssize(inventory.entities) - 1));
  }
  for (std::int64_t i = spans < 2 ? 0 : number(0, 2 * spans); i > 0; --i) {
    const auto head = static_cast<std::int32_t>(number(0, spans - 1)),
               other = static_cast<std::int32_t>(number(1, spans - 1));
    pairs.pairs.push_back({first + head, first + (head + other) % spans});
  }
}

Rows RandomScene::units_of(const PlacedSpan& place) const {
  std::int64_t before = 0;
  for (std::int64_t s = 0; s < place.sentence; ++s)
    before += std::ssize(encoded[static_cast<std::size_t>(s)].ids);
  const std::vector<Rows>& words = encoded[static_cast<std::size_t>(place.sentence)].words;
  return {before + words[static_cast<std::size_t>(place.span.begin)].begin,
          before + words[static_cast<std::size_t>(place.span.end) - 1].end};
}

at::Tensor RandomScene::maximum(const at::Tensor& states, const Rows& rows) {
  return rows.begin < rows.end ? states.slice(0, rows.begin, rows.end).amax(0)
                               : at::zeros({states.size(1)}, states.options());
}

at::Tensor RandomScene::between(const at::Tensor& states, const PlacedSpan& a, const PlacedSpan& b) const {
  const PlacedSpan &left = a.span.begin < b.span.begin ? a : b, &right = a.span.begin < b.span.begin ? b : a;
  return maximum(states, {units_of(left).end, units_of(right).begin});
}

void compare(Head& head, const RandomScene& scene, const Candidates& candidates, const Outputs& of_spans,
             const std::function<Outputs(const Features&, const Outputs&)>& reference) {
  for (const Mode mode : {Mode::training, Mode::evaluation}) {
    const Leaves leaves(head, scene, of_spans), plain(head, scene, of_spans);
    Generator generator(1);
    Pass pass{mode, generator};
    const Outputs found = head.forward(leaves.features, candidates, leaves.of_spans, pass),
                  expected = reference(plain.features, plain.of_spans);
    BOOST_REQUIRE(found.size() == expected.size());
    for (const auto& [name, scores] : expected) {
      BOOST_REQUIRE(found.at(name).sizes() == scores.sizes());
      BOOST_TEST(at::allclose(found.at(name), scores, 0, 1e-10), name);
    }
    const std::vector<at::Tensor> gradients = leaves.gradients(found),
                                  expected_gradients = plain.gradients(expected);
    for (std::size_t i = 0; i < gradients.size(); ++i)
      BOOST_TEST(at::allclose(gradients[i], expected_gradients[i], 0, 1e-9), "gradient " << i);
  }
}

std::shared_ptr<Head> random_head(const std::string& id, std::map<std::string, Value> values,
                                  const RandomScene& scene, std::vector<OutputShape> of_spans,
                                  const at::Tensor& widths) {
  if (components().info(ComponentKind::head, id).schema.find("dropout")) values["dropout"] = 0.0;
  Generator generator(5);
  auto head = components().head(id, parameters(ComponentKind::head, id, values),
                                {scene.features.units.size(1), scene.inventory, std::move(of_spans), widths,
                                 generator, HeadKind::spans});
  head->to(at::kDouble);
  const at::NoGradGuard no_gradients;
  for (at::Tensor& parameter : head->parameters()) fill_normal(parameter, 0.7, generator);
  return head;
}

}  // namespace spanlab::test
