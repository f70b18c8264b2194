// SPDX-License-Identifier: MIT
// Heads with several outputs: identification beside classification, and pairs that know what their entities
// were scored.
#include <cmath>

#include "plugins/spert_parts.hpp"
#include "spanlab/error.hpp"
#include "spanlab/tags.hpp"

namespace spanlab::test {

namespace {

using Values = std::map<std::string, Value>;
using Texts = std::vector<std::string>;

const std::vector<PlacedSpan> kSpans{{0, {0, 1}}, {0, {2, 4}}, {0, {3, 6}}, {1, {0, 4}}, {1, {3, 4}}};
const PlacedPairs kPairs{kSpans, {{0, 1}, {1, 0}, {0, 2}, {3, 4}, {4, 3}}, {0, 3, 5}, {0, 1, -1, 1, 0}};
const std::vector<OutputShape> kOfSpans{{"identify", 1}, {"classify", 2}};

std::shared_ptr<Head> head_of(const std::string& id, Values values, const Scene& scene,
                              HeadKind spans_kind = HeadKind::spans) {
  if (!components().info(ComponentKind::head, id).schema.find("dropout"))
    values.erase("dropout");
  else
    values.emplace("dropout", 0.0);
  Generator generator(5);
  auto head =
      components().head(id, parameters(ComponentKind::head, id, values),
                        {scene.features.units.size(1), scene.inventory, kOfSpans, {}, generator, spans_kind});
  head->to(at::kDouble);
  return head;
}

std::string refusal(const std::string& id, const Values& values, const Scene& scene) {
  try {
    head_of(id, values, scene);
  } catch (const Error& error) {
    BOOST_TEST((error.kind() == ErrorKind::usage));
    return error.what();
  }
  return "";
}

Outputs made_outputs() {
  at::manual_seed(2);
  return {{"identify", at::randn({5, 1}, at::kDouble)}, {"classify", at::randn({5, 2}, at::kDouble)}};
}

// Weighted sum of all that the head says against its derivative along a random direction of every input and
// parameter.
void check_gradients(Head& head, Features features, const Candidates& candidates, Outputs of_spans) {
  std::vector<at::Tensor> inputs = head.parameters();
  features.units = features.units.clone().requires_grad_(true);
  inputs.push_back(features.units);
  for (auto& [name, scores] : of_spans) inputs.push_back(scores.requires_grad_(true));
  const auto value = [&] {
    Generator generator(1);
    Pass pass{Mode::training, generator};
    at::Tensor sum = at::zeros({}, at::kDouble);
    for (const auto& [name, scores] : head.forward(features, candidates, of_spans, pass)) {
      sum = sum + (scores * at::arange(1, scores.numel() + 1).to(at::kDouble).sin().view_as(scores)).sum();
    }
    return sum;
  };
  value().backward();
  at::manual_seed(1);
  for (at::Tensor& input : inputs) {
    if (!input.grad().defined()) continue;
    const at::NoGradGuard no_gradients;
    const at::Tensor direction = at::randn_like(input);
    const double slope = (input.grad() * direction).sum().item<double>(), step = 1e-6;
    input.add_(direction, step);
    const double above = value().item<double>();
    input.sub_(direction, 2 * step);
    const double below = value().item<double>();
    input.add_(direction, step);
    BOOST_TEST((above - below) / (2 * step) == slope, boost::test_tools::tolerance(1e-5));
  }
}

void check_modes_agree(Head& head, const Scene& scene, const Candidates& candidates,
                       const Outputs& of_spans) {
  Generator generator(1);
  Pass training{Mode::training, generator}, evaluation{Mode::evaluation, generator};
  const Outputs joined = head.forward(scene.features, candidates, of_spans, training),
                summed = head.forward(scene.features, candidates, of_spans, evaluation);
  for (const OutputShape& shape : head.outputs()) {
    BOOST_TEST(joined.at(shape.name).sizes() == at::IntArrayRef({candidates.size(), shape.columns}));
    BOOST_TEST(at::allclose(joined.at(shape.name), summed.at(shape.name), 0, 1e-12), shape.name);
  }
}

at::Tensor logit(std::vector<double> probabilities) {
  return at::logit(at::tensor(probabilities, at::kDouble)).view({-1, 1});
}

std::vector<std::pair<std::int64_t, std::int32_t>> types_of(const std::vector<Decision>& decisions) {
  std::vector<std::pair<std::int64_t, std::int32_t>> found;
  for (const Decision& decision : decisions) found.emplace_back(decision.row, decision.type);
  return found;
}

}  // namespace

BOOST_AUTO_TEST_CASE(heads_with_two_outputs_score_joined_and_summed_alike) {
  const Scene scene(6);
  const Candidates spans = span_candidates(scene.batch, kSpans, {});
  const auto span = head_of("span", {{"outputs", Texts{"classify", "identify"}}}, scene);
  check_modes_agree(*span, scene, spans, {});
  check_gradients(*span, scene.features, spans, {});
  const Candidates pairs = pair_candidates(scene.batch, kPairs, {});
  const std::vector<std::pair<Values, std::int64_t>> cases{
      {{}, 0},
      {{{"inputs", Texts{"entity_logits"}}}, 2 * 2},
      {{{"inputs", Texts{"entity_logits"}}, {"logits", std::string("softmax")}}, 2 * 2},
      {{{"inputs", Texts{"entity_logits"}}, {"with_identification", true}}, 2 * 3},
      {{{"inputs", Texts{"entity_logits"}}, {"detached", true}}, 2 * 2},
      {{{"inputs", Texts{"entity_type"}}, {"type_embedding", std::int64_t{7}}}, 2 * 7},
      {{{"inputs", Texts{"entity_type", "entity_logits"}}, {"type_embedding", std::int64_t{7}}}, 2 * 9}};
  for (const auto& [values, more] : cases) {
    Values all = values;
    all["outputs"] = Texts{"identify", "classify"};
    const auto head = head_of("pair", all, scene);
    BOOST_TEST(head->named_parameters()["classify_weight"].size(1) == 3 * 6 + 2 * 25 + more);
    check_modes_agree(*head, scene, pairs, made_outputs());
    Outputs of_spans = made_outputs();
    check_gradients(*head, scene.features, pairs, of_spans);
    const bool flows = values.contains("inputs") && !values.contains("detached") &&
                       std::get<Texts>(values.at("inputs")).back() == "entity_logits";
    BOOST_TEST(of_spans.at("classify").grad().defined() == flows);
  }
}

BOOST_AUTO_TEST_CASE(an_entity_exceeds_the_threshold_and_a_relation_reaches_it) {
  const Scene scene(6);
  const Candidates spans = span_candidates(scene.batch, {kSpans[0], kSpans[1], kSpans[3]}, {});
  const at::Tensor scores = at::tensor({1.0, 2.0, -1.0, -2.0, 4.0, 3.0}, at::kDouble).view({3, 2});
  const Outputs said{{"identify", logit({0.49, 0.5, 0.51})}, {"classify", scores}};
  const Texts both{"identify", "classify"};
  using Found = std::vector<std::pair<std::int64_t, std::int32_t>>;
  const auto span = head_of("span", {{"outputs", both}}, scene)->decode(said, spans);
  BOOST_TEST((types_of(span) == Found{{2, 0}}));
  BOOST_TEST(span[0].score == 0.51f, boost::test_tools::tolerance(1e-5f));
  BOOST_TEST(
      (types_of(head_of("span", {{"outputs", both}, {"threshold", 0.3}}, scene)->decode(said, spans)) ==
       Found{{0, 1}, {1, 0}, {2, 0}}));
  BOOST_TEST(
      (types_of(head_of("span", {{"outputs", both}, {"none_score", 0.0}}, scene)->decode(said, spans)) ==
       Found{{0, 1}, {2, 0}}));

  const PlacedPairs three{kSpans, {{0, 1}, {1, 0}, {3, 4}}, {0, 2, 3}, {0, 1, 1, 1, 0}};
  const Candidates pairs = pair_candidates(scene.batch, three, {});
  const at::Tensor types =
      at::tensor({1.0, 2.0, 0.0, 0.5, -1.0, 0.4, -3.0, -2.0, -1.0}, at::kDouble).view({3, 3});
  const Outputs related{{"identify", logit({0.39, 0.41, 0.9})}, {"classify", types}};
  BOOST_TEST((types_of(head_of("pair", {{"outputs", both}}, scene)->decode(related, pairs)) ==
              Found{{1, 0}, {2, 2}}));
  BOOST_TEST(
      (types_of(head_of("pair", {{"outputs", both}, {"none_score", 0.5}}, scene)->decode(related, pairs)) ==
       Found{{0, 1}}));
}

BOOST_AUTO_TEST_CASE(heads_refuse_what_cannot_work) {
  const Scene scene(6);
  BOOST_TEST(refusal("span", {{"outputs", Texts{}}}, scene).find("at least one output") != std::string::npos);
  BOOST_TEST(refusal("span", {{"outputs", Texts{"identify"}}}, scene).find("one entity type only") !=
             std::string::npos);
  BOOST_TEST(refusal("pair", {{"outputs", Texts{}}}, scene).find("at least one output") != std::string::npos);
  BOOST_TEST(refusal("pair", {{"outputs", Texts{"identify"}}}, scene).find("one relation type only") !=
             std::string::npos);
  BOOST_TEST(refusal("pair", {{"inputs", Texts{"entity_names"}}}, scene).find("entity_logits") !=
             std::string::npos);
  BOOST_TEST(refusal("crf", {{"activation", std::string("sine")}}, scene).find("tanh") != std::string::npos);
  BOOST_TEST(refusal("token_pair", {{"threshold", 1.5}}, scene).find("threshold") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(words_are_tagged_and_last_words_paired) {
  const Scene scene(6);
  const auto crf = head_of("crf", {}, scene);
  const Candidates all = word_candidates(scene.batch, {});
  BOOST_TEST(all.size() == 10);
  BOOST_TEST((all.offsets == std::vector<std::int64_t>{0, 6, 10}));
  check_gradients(*crf, scene.features, all, {});
  const auto pair = head_of("token_pair", {}, scene, HeadKind::words);
  check_gradients(*pair, scene.features, pair_candidates(scene.batch, kPairs, {}), {});
}

BOOST_AUTO_TEST_CASE(the_best_legal_sequence_is_found) {
  const Scene scene(6);  // two entity types: five tags
  at::manual_seed(4);
  const Outputs said{{"emissions", at::randn({5, 5}, at::kDouble)},
                     {"transitions", at::randn({5, 5}, at::kDouble)},
                     {"start", at::randn({5}, at::kDouble)},
                     {"end", at::randn({5}, at::kDouble)}};
  const auto score = [&](const std::vector<std::int64_t>& tags) {
    double sum = said.at("start")[tags.front()].item<double>() + said.at("end")[tags.back()].item<double>();
    for (std::size_t i = 0; i < tags.size(); ++i) {
      sum += said.at("emissions")[static_cast<std::int64_t>(i)][tags[i]].item<double>();
      if (i > 0) sum += said.at("transitions")[tags[i - 1]][tags[i]].item<double>();
    }
    return sum;
  };
  double partition = 0;
  std::map<bool, std::pair<double, std::vector<std::int64_t>>> best{{false, {-1e9, {}}}, {true, {-1e9, {}}}};
  for (int number = 0; number < 5 * 5 * 5 * 5 * 5; ++number) {  // every sequence
    std::vector<std::int64_t> tags;
    for (int rest = number, i = 0; i < 5; ++i, rest /= 5) tags.push_back(rest % 5);
    const double value = score(tags);
    partition += std::exp(value);
    bool legal = may_follow(-1, tags[0]);
    for (std::size_t i = 1; i < tags.size(); ++i) legal = legal && may_follow(tags[i - 1], tags[i]);
    for (const bool only : {false, true}) {
      if ((legal || !only) && value > best[only].first) best[only] = {value, tags};
    }
  }
  Candidates candidates;
  candidates.offsets = {0, 5};
  for (std::int32_t word = 0; word < 5; ++word) candidates.places.push_back({0, {word, word + 1}});
  for (const bool legal : {false, true}) {
    const auto decisions = head_of("crf", {{"legal", legal}}, scene)->decode(said, candidates);
    const std::vector<Entity> expected = from_tags(best[legal].second);
    BOOST_REQUIRE(decisions.size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
      BOOST_TEST((decisions[i].span == expected[i].span && decisions[i].type == expected[i].type));
      BOOST_TEST(decisions[i].score == static_cast<float>(std::exp(best[legal].first) / partition),
                 boost::test_tools::tolerance(1e-5f));
    }
  }
}

}  // namespace spanlab::test
