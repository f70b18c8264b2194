// SPDX-License-Identifier: MIT
// What every registered component must keep, whatever it computes: the promises of the interfaces' headers.
#include <ATen/ATen.h>

#include <cmath>
#include <set>

#include "components.hpp"
#include "data/card.hpp"
#include "model/batch.hpp"
#include "spanlab/encoder.hpp"
#include "spanlab/error.hpp"
#include "spanlab/head.hpp"
#include "spanlab/labeler.hpp"
#include "spanlab/loss.hpp"
#include "spanlab/sampler.hpp"
#include "test.hpp"

using namespace spanlab;
using test::components;

namespace {

const Inventory kInventory{{{"Person", "", false}, {"Place", "", false}, {"Firm", "", false}}, {{"In", "", false}, {"Near", "", true}}};

// Three sentences: two entities and a relation in two views, one entity, none.
std::vector<Sentence> sentences() {
  const Annotation two{{{{0, 2}, 0}, {{3, 4}, 1}}, {{0, 1, 0}}};
  const Annotation one{{{{1, 2}, 2}}, {}};
  return {{"a", "", {"Ada", "Byron", "in", "Paris", "today"}, {two, two}}, {"b", "", {"the", "Bank"}, {one, one}}, {"c", "", {"yes"}, {{}, {}}}};
}

Parameters defaults(ComponentKind kind, const std::string& id) { return Parameters(components().info(kind, id).schema, {}); }

void check_equal(const at::Tensor& a, const at::Tensor& b, const std::string& what) { BOOST_TEST(at::equal(a, b), what << " differs"); }

// Carried along so that a stored model is whole, without a part in the features: BERT's pooler.
const std::set<std::string> kUnused{"pooler.dense.weight", "pooler.dense.bias"};

void check_gradients(torch::nn::Module& module, const at::Tensor& sum) {
  module.zero_grad();
  sum.backward();
  for (const auto& parameter : module.named_parameters()) {
    if (!parameter.value().requires_grad() || kUnused.contains(parameter.key())) continue;
    at::Tensor gradient = parameter.value().grad();
    if (gradient.defined() && gradient.is_sparse()) gradient = gradient.to_dense();
    const double size = gradient.defined() ? gradient.abs().sum().item<double>() : 0;
    BOOST_TEST((std::isfinite(size) && size > 0), "no gradient reaches " << parameter.key());
  }
}

// A sum that no symmetry of the outputs makes constant.
at::Tensor weighted(const at::Tensor& values) { return (values * at::arange(1, values.numel() + 1).view_as(values).sin()).sum(); }

void check_same_weights(torch::nn::Module& a, torch::nn::Module& b) {
  const auto others = b.named_parameters();
  for (const auto& parameter : a.named_parameters()) check_equal(parameter.value(), others[parameter.key()], parameter.key());
}

std::filesystem::path model_folder(const Parameters& parameters) {
  if (!parameters.values().contains("model") || !parameters.has("model")) return {};
  const CardIndex cards(standard_locations({}));
  return cards.folder(cards.model(parameters.text("model")));
}

// Encoded sentences and their batch.
struct Scene {
  explicit Scene(const Encoder& encoder) {
    for (const Sentence& sentence : all) encoded.push_back(encoder.encode(sentence));
    for (std::size_t i = 0; i < all.size(); ++i) items.push_back({&all[i], &encoded[i]});
    batch = make_batch(items);
  }
  std::vector<Sentence> all = sentences();
  std::vector<EncodedSentence> encoded;
  std::vector<Item> items;
  Batch batch;
};

void check_encoder(const std::string& id) {
  const Parameters parameters = defaults(ComponentKind::encoder, id);
  const std::filesystem::path folder = model_folder(parameters);
  const std::vector<Sentence> training = sentences();
  const auto make = [&] {
    Generator generator(7);
    return components().encoder(id, parameters, {folder, training, "", generator});
  };
  const auto encoder = make(), again = make();
  check_same_weights(*encoder, *again);
  Scene scene(*encoder);
  for (std::size_t i = 0; i < scene.all.size(); ++i) {
    BOOST_TEST(scene.encoded[i].words.size() == scene.all[i].words.size());
    for (const Rows& rows : scene.encoded[i].words) BOOST_TEST((0 <= rows.begin && rows.begin < rows.end && rows.end <= std::ssize(scene.encoded[i].ids)));
  }
  BOOST_CHECK_THROW(encoder->encode({"empty", "", {}, {}}), Error);
  Generator generator(1), same(1);
  const std::string before = generator.save();
  Pass evaluation{Mode::evaluation, generator}, training_pass{Mode::training, generator}, training_again{Mode::training, same};
  const Features first = encoder->forward(scene.batch, evaluation), second = again->forward(scene.batch, evaluation);
  BOOST_TEST(generator.save() == before, "evaluation draws from the generator");
  BOOST_TEST(first.units.sizes() == at::IntArrayRef({scene.batch.ids.size(0), encoder->width()}));
  BOOST_TEST(first.sentences.sizes() == at::IntArrayRef({scene.batch.size(), encoder->width()}));
  BOOST_TEST(at::isfinite(first.units).all().item<bool>());
  check_equal(first.units, second.units, "evaluation of equal encoders");
  const Features drawn = encoder->forward(scene.batch, training_pass);
  check_gradients(*encoder, weighted(drawn.units) + weighted(drawn.sentences));
  check_equal(drawn.units, again->forward(scene.batch, training_again).units, "training with one seed");
}

// Candidates of random features over the sentences, one unit a word.
struct HeadScene {
  HeadScene() {
    for (Sentence& sentence : all) {
      encoded.push_back({});
      for (std::int64_t i = 0; i < std::ssize(sentence.words); ++i) encoded.back().ids.push_back(i), encoded.back().words.push_back({i, i + 1});
      gold.push_back(&sentence.views[0]);
    }
    for (std::size_t i = 0; i < all.size(); ++i) items.push_back({&all[i], &encoded[i]});
    batch = make_batch(items);
    const at::Tensor numbers = at::arange(12 * batch.ids.size(0) + 12 * batch.size()).to(at::kFloat).sin();
    features.units = numbers.slice(0, 0, 12 * batch.ids.size(0)).view({-1, 12}).clone().requires_grad_();
    features.sentences = numbers.slice(0, 12 * batch.ids.size(0)).view({-1, 12}).clone().requires_grad_();
  }
  Candidates candidates(HeadKind kind, bool any) const {
    const std::vector<PlacedSpan> spans{{0, {0, 2}}, {0, {3, 4}}, {0, {1, 5}}, {1, {0, 1}}, {1, {0, 2}}};
    if (kind == HeadKind::words && any) return word_candidates(batch, gold);
    if (kind != HeadKind::pairs) return span_candidates(batch, any ? spans : std::vector<PlacedSpan>(), gold);
    if (!any) return pair_candidates(batch, {{}, {}, {0, 0, 0, 0}, {}}, gold);
    return pair_candidates(batch, {spans, {{0, 1}, {1, 0}, {2, 1}, {3, 4}}, {0, 3, 4, 4}, {0, 1, -1, 2, 2}}, gold);
  }
  std::vector<Sentence> all = sentences();
  std::vector<EncodedSentence> encoded;
  std::vector<Item> items;
  std::vector<const Annotation*> gold;
  Batch batch;
  Features features;
};

void check_decisions(const Head& head, const Outputs& outputs, const Candidates& candidates) {
  const auto types = std::ssize(candidates.of_pairs() ? kInventory.relations : kInventory.entities);
  std::pair<std::int64_t, std::int32_t> last{-1, 0};
  for (const Decision& decision : head.decode(outputs, candidates)) {
    BOOST_TEST((std::pair(decision.row, decision.type) > last), "decisions are not in order");
    BOOST_TEST((decision.row < candidates.size() && decision.type >= 0 && decision.type < types));
    BOOST_TEST((decision.score >= 0 && decision.score <= 1));
    last = {decision.row, decision.type};
  }
}

void check_head(const std::string& id) {
  const HeadScene scene;
  const auto make = [&] {
    Generator generator(7);
    return components().head(id, defaults(ComponentKind::head, id), {12, kInventory, {{"classify", 4}}, {}, generator, HeadKind::spans});
  };
  const auto head = make(), again = make();
  check_same_weights(*head, *again);
  BOOST_TEST(!head->outputs().empty());
  for (const bool any : {true, false}) {
    const Candidates candidates = scene.candidates(head->kind(), any);
    const Outputs of_spans{{"classify", at::ones({std::ssize(candidates.places), 4})}};
    for (const Mode mode : {Mode::training, Mode::evaluation}) {
      Generator generator(1), same(1);
      Pass pass{mode, generator}, pass_again{mode, same};
      const Outputs outputs = head->forward(scene.features, candidates, of_spans, pass);
      const Outputs equal = again->forward(scene.features, candidates, of_spans, pass_again);
      BOOST_TEST(outputs.size() >= head->outputs().size());
      at::Tensor sum = at::zeros({});
      for (const OutputShape& shape : head->outputs()) {
        BOOST_TEST(outputs.at(shape.name).sizes() == at::IntArrayRef({candidates.size(), shape.columns}));
        check_equal(outputs.at(shape.name), equal.at(shape.name), shape.name);
      }
      for (const auto& [name, tensor] : outputs) sum = sum + weighted(tensor);
      if (any && mode == Mode::training) check_gradients(*head, sum);
      if (mode == Mode::evaluation) check_decisions(*head, outputs, candidates);
    }
  }
  BOOST_TEST(scene.features.units.grad().abs().sum().item<double>() > 0);
}

// Scores of a task's candidates in the sentences above, random in double precision, and what they are compared with.
struct LossScene {
  LossScene(HeadKind kind, std::int64_t columns, bool any) : candidates(scene.candidates(kind, any)) {
    const std::int64_t all = candidates.size();
    types = std::ssize(kInventory.entities);
    if (kind == HeadKind::pairs) types = std::ssize(kInventory.relations);
    if (kind == HeadKind::words) types *= 2;
    if (columns > 1) columns = types + (columns - 2);
    scores = at::arange(all * columns, at::kDouble).mul(1.7).cos().mul(2).view({all, columns}).requires_grad_();
    first = at::arange(all).remainder(types + 1) - 1;
    hard = at::one_hot(first + 1, types + 1).slice(1, 1).to(at::kDouble);
    soft = 0.9 * hard + 0.1 / static_cast<double>(types) * hard.sum(1, /*keepdim=*/true);
    const at::Tensor tags = at::eye(types + 1, at::kDouble);
    outputs = {{"scores", scores}, {"transitions", tags.cos()}, {"start", tags[0]}, {"end", tags[0].sin()}};
  }
  LossInput input(const at::Tensor& given) const { return {given, soft, hard, first, candidates, outputs}; }

  HeadScene scene;
  Candidates candidates;
  std::int64_t types = 0;
  at::Tensor scores, soft, hard, first;
  Outputs outputs;
};

std::unique_ptr<Loss> loss_for(const std::string& id, HeadKind kind, const at::Tensor& scores, std::int64_t types) {
  const LossSetup setup{kind, scores.size(1), types, [=] {
    std::vector<std::int64_t> counts(static_cast<std::size_t>(types) + 1);
    for (std::size_t i = 0; i < counts.size(); ++i) counts[i] = static_cast<std::int64_t>(100 / (i + 1));
    return counts;
  }};
  try {
    auto loss = components().loss(id, defaults(ComponentKind::loss, id), setup);
    return loss->accepts(scores.size(1), types) ? std::move(loss) : nullptr;
  } catch (const Error& error) {  // not for heads of this kind
    BOOST_TEST((error.kind() == ErrorKind::usage));
    return nullptr;
  }
}

void check_loss(const std::string& id, HeadKind kind, Loss& loss, const LossScene& scene) {
  const auto values = [&](const at::Tensor& scores) { return loss.forward(scene.input(scores)); };
  const LossValues result = values(scene.scores);
  const std::int64_t sentences = std::ssize(scene.candidates.offsets) - 1;
  BOOST_TEST((result.values.dim() == 1 && (result.values.size(0) == scene.candidates.size() || result.values.size(0) == sentences)));
  if (result.samples.defined()) BOOST_TEST(result.samples.sizes() == result.values.sizes());
  check_equal(result.values, values(scene.scores).values, id + ": the value of equal scores");
  for (const auto& [name, part] : result.parts) BOOST_TEST(!part.requires_grad(), name << " is not detached");
  if (result.values.size(0) == 0) return;
  scene.scores.mutable_grad() = at::Tensor();
  weighted(result.values).backward();
  for (std::int64_t i = 0; i < scene.scores.numel(); ++i) {
    const double step = 1e-6;
    const at::Tensor delta = at::zeros({scene.scores.numel()}, at::kDouble).index_fill(0, at::tensor({i}), step).view_as(scene.scores);
    const auto at_step = [&](double sign) { return weighted(values(scene.scores.detach() + sign * delta).values); };
    const double difference = (at_step(1) - at_step(-1)).item<double>() / (2 * step);
    BOOST_TEST(std::abs(difference - scene.scores.grad().view(-1)[i].item<double>()) < 1e-6, id << " kind " << static_cast<int>(kind) << " score " << i);
  }
}

void check_loss(const std::string& id) {
  int accepted = 0;
  for (const HeadKind kind : {HeadKind::spans, HeadKind::pairs, HeadKind::words}) {
    for (const std::int64_t columns : {1, 2, 3}) {  // any type; each type; each type and none
      const LossScene scene(kind, columns, true), empty(kind, columns, false);
      const auto loss = loss_for(id, kind, scene.scores, scene.types);
      if (!loss) continue;
      ++accepted;
      check_loss(id, kind, *loss, scene);
      check_loss(id, kind, *loss, empty);
    }
  }
  BOOST_TEST(accepted > 0);
}

// False if the sampler is not for this.
bool supports(auto function) {
  try {
    function();
    return true;
  } catch (const Error& error) {
    BOOST_TEST((error.kind() == ErrorKind::usage));
    return false;
  }
}

// A tagging task's spans: no two overlap.
bool sampler_of_words(const Sampler& sampler, const Sentence& sentence) {
  return supports([&] {
    const Annotation& gold = sentence.views[0];
    const SpanSample sample = sampler.sample_words(sentence, gold);
    BOOST_TEST(sample.gold.size() == sample.spans.size());
    for (std::size_t i = 0; i < sample.spans.size(); ++i) {
      BOOST_TEST((gold.entities[sample.gold[i].front()].span == sample.spans[i]));
      for (std::size_t j = 0; j < i; ++j) BOOST_TEST(!overlap(sample.spans[i], sample.spans[j]));
    }
  });
}

bool sampler_of_spans(const Sampler& sampler, const Sentence& sentence) {
  return supports([&] {
    const Annotation& gold = sentence.views[0];
    Generator generator(3), same(3);
    const SpanSample sample = sampler.sample_spans(sentence, gold, generator);
    BOOST_TEST((sampler.sample_spans(sentence, gold, same).spans == sample.spans), "one seed, two samples");
    BOOST_TEST(sample.gold.size() == gold.entities.size());
    std::set<Span> positive;
    for (std::size_t i = 0; i < sample.spans.size(); ++i) {
      const Span& span = sample.spans[i];
      BOOST_TEST((0 <= span.begin && span.begin < span.end && span.end <= std::ssize(sentence.words)));
      if (i < sample.gold.size()) BOOST_TEST((positive.insert(span), gold.entities[sample.gold[i].front()].span == span));
      else BOOST_TEST(!positive.contains(span), "a gold span is a negative");
    }
    const std::vector<Span> scored = sampler.evaluation_spans(sentence);
    BOOST_TEST(std::ranges::is_sorted(scored, {}, [](const Span& span) { return std::pair(span.width(), span.begin); }));
  });
}

bool sampler_of_pairs(const Sampler& sampler, const Sentence& sentence) {
  return supports([&] {
    const Annotation& gold = sentence.views[0];
    SpanSample spans;
    for (std::size_t i = 0; i < gold.entities.size(); ++i) spans.spans.push_back(gold.entities[i].span), spans.gold.push_back({static_cast<std::int32_t>(i)});
    Generator generator(3), same(3);
    const PairSample sample = sampler.sample_pairs(sentence, gold, kInventory, spans, generator);
    BOOST_TEST((sampler.sample_pairs(sentence, gold, kInventory, spans, same).pairs == sample.pairs), "one seed, two samples");
    std::size_t relations = 0;
    for (const GoldItems& items : sample.gold) relations += items.size();
    BOOST_TEST(relations == gold.relations.size());
    for (const Pair& pair : sample.pairs) BOOST_TEST((pair.head != pair.tail && std::max(pair.head, pair.tail) < std::ssize(spans.spans)));
  });
}

void check_sampler(const std::string& id) {
  const auto make = [&](HeadKind kind) {
    const auto types = kind == HeadKind::pairs ? kInventory.relations.size() : kInventory.entities.size();
    return components().sampler(id, defaults(ComponentKind::sampler, id), {kind, kInventory, std::vector<std::int64_t>(types, 2)});
  };
  for (const Sentence& sentence : sentences()) {
    int uses = 0;
    uses += supports([&] { make(HeadKind::spans); }) && sampler_of_spans(*make(HeadKind::spans), sentence);
    uses += supports([&] { make(HeadKind::pairs); }) && sampler_of_pairs(*make(HeadKind::pairs), sentence);
    uses += supports([&] { make(HeadKind::words); }) && sampler_of_words(*make(HeadKind::words), sentence);
    BOOST_TEST(uses > 0, id << " is for nothing");
  }
}

void check_labeler(const std::string& id) {
  const std::vector<std::string> views{"first", "second"};
  const std::vector<Inventory> inventories{kInventory, kInventory};
  for (const Sentence& sentence : sentences()) {
    SpanSample spans{{{0, 1}}, {}};
    if (sentence.id == "a") spans = {{{0, 2}, {3, 4}, {0, 1}}, {{0}, {1}}};
    const PairSample pairs = sentence.id == "a" ? PairSample{{{0, 1}, {1, 0}}, {{0}}} : PairSample{};
    for (std::size_t view = 0; view < sentence.views.size(); ++view) {
      const auto labeler = [&](HeadKind kind) {
        return components().labeler(id, defaults(ComponentKind::labeler, id), {kind, views, inventories, view});
      };
      std::vector<float> of_spans(spans.spans.size() * 3), of_pairs(pairs.pairs.size() * 2), of_words(sentence.words.size() * 6);
      labeler(HeadKind::spans)->label_spans(sentence, view, spans, 3, of_spans);
      labeler(HeadKind::pairs)->label_pairs(sentence, view, spans, pairs, 2, of_pairs);
      if (supports([&] { labeler(HeadKind::words); })) labeler(HeadKind::words)->label_words(sentence, view, 6, of_words);
      for (const auto* targets : {&of_spans, &of_pairs, &of_words}) {
        BOOST_TEST(std::ranges::all_of(*targets, [](float target) { return target >= 0 && target <= 1; }));
      }
      if (sentence.id == "a") BOOST_TEST((of_spans[0] > 0 && of_spans[4] > 0 && of_pairs[0] > 0), "a gold candidate has no target");
    }
  }
}

void check_all(ComponentKind kind, void (*check)(const std::string&)) {
  const std::vector<std::string> ids = components().ids(kind);
  BOOST_TEST(!ids.empty());
  for (const std::string& id : ids) BOOST_TEST_CONTEXT(to_text(kind) << "/" << id) check(id);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(contract)
BOOST_AUTO_TEST_CASE(encoders) { check_all(ComponentKind::encoder, check_encoder); }
BOOST_AUTO_TEST_CASE(heads) { check_all(ComponentKind::head, check_head); }
BOOST_AUTO_TEST_CASE(losses) { check_all(ComponentKind::loss, check_loss); }
BOOST_AUTO_TEST_CASE(samplers) { check_all(ComponentKind::sampler, check_sampler); }
BOOST_AUTO_TEST_CASE(labelers) { check_all(ComponentKind::labeler, check_labeler); }

BOOST_AUTO_TEST_CASE(nothing_is_refused_and_every_parameter_is_explained) {
  for (const PluginFile& file : components().files()) BOOST_TEST(file.refusal == "", file.file << ": " << file.refusal);
  for (int kind = 0; kind < 5; ++kind) {
    for (const std::string& id : components().ids(static_cast<ComponentKind>(kind))) {
      const ComponentInfo& info = components().info(static_cast<ComponentKind>(kind), id);
      BOOST_TEST(!info.summary.empty(), id);
      for (const Parameter& parameter : info.schema.parameters()) BOOST_TEST(!parameter.doc.empty(), id << "." << parameter.name);
    }
  }
}
BOOST_AUTO_TEST_SUITE_END()
