// SPDX-License-Identifier: MIT
// A kind of task that core does not have: written here, put into the table of kinds, then configured, trained
// and evaluated as any other, with a task over what it finds.
#include <ATen/ATen.h>

#include "components.hpp"
#include "model/predict.hpp"
#include "model/setup.hpp"
#include "spanlab/error.hpp"
#include "tasks/candidates.hpp"
#include "test.hpp"
#include "train/step.hpp"

namespace spanlab::test {

namespace {

/// Events that one word triggers. In training their words and as many others are candidates, in evaluation
/// all words.
class EventKind : public TaskKind {
 public:
  bool scores_spans() const override { return true; }
  LabelSet labels(const Inventory& inventory) const override { return {inventory.entities, "event"}; }
  std::vector<std::int32_t> gold_labels(const Annotation& gold) const override { return entity_types(gold); }

  std::shared_ptr<const Drawn> draw(const Drawing& drawing) const override {
    SpanSample sample;
    const std::vector<Entity>& events = drawing.gold().entities;
    for (std::size_t i = 0; i < events.size(); ++i) {
      sample.spans.push_back(events[i].span);
      sample.gold.push_back({static_cast<std::int32_t>(i)});
    }
    for (std::size_t i = 0; i < events.size(); ++i) {
      const auto word = static_cast<std::int32_t>(drawing.generator.below(drawing.sentence.words.size()));
      const Span other{word, word + 1};
      if (std::ranges::find(events, other, &Entity::span) == events.end()) sample.spans.push_back(other);
    }
    return std::make_shared<DrawnSpans>(std::move(sample));
  }

  GoldTypes gold_types(const Labelling& labelling) const override {
    const SpanSample& sample = drawn_as<DrawnSpans>(labelling.drawn).sample;
    return types_of(sample.gold, sample.spans.size(), labelling.gold().entities);
  }

  void label(const Labelling& labelling, std::span<float> targets) const override {
    const Task& task = labelling.task;
    const SpanSample& sample = drawn_as<DrawnSpans>(labelling.drawn).sample;
    task.labeler->label_spans(labelling.sentence, task.view, sample, labelling.types, targets);
  }

  Placed place(const TaskPass& pass, const BatchSamples& samples) const override {
    return drawn_spans(pass, samples);
  }

  std::unique_ptr<TaskDecisions> decide(const TaskPass& pass) const override {
    return SpanDecisions::about(pass, word_candidates(pass.batch, {}).places);
  }
};

const Labels kEvents{{"default"}, {{{{"Birth", "", false}, {"Move", "", false}}, {{"Before", "", false}}}}};
const std::vector<Sentence> kEventSentences{
    {"a", "", {"Ada", "born", "here", "moved", "there"}, {{{{{1, 2}, 0}, {{3, 4}, 1}}, {{0, 1, 0}}}}},
    {"b", "", {"they", "moved", "on"}, {{{{{1, 2}, 1}}, {}}}},
    {"c", "", {"born"}, {{{{{0, 1}, 0}}, {}}}},
    {"d", "", {"nothing", "new"}, {{}}}};

nlohmann::json task(const std::string& head) {
  return {{"head", {{"component", head}}},
          {"loss", {{"classify", {{"component", "bce"}}}}},
          {"sampler", {{"component", "uniform"}}},
          {"labeler", {{"component", "hard"}}}};
}

nlohmann::json events_and_their_order() {
  nlohmann::json model{{"encoder", {{"component", "birnn"}, {"size", 12}, {"least", 1}}},
                       {"event", task("events")},
                       {"order", task("pair")}};
  model["order"]["spans"] = "event";
  return model;
}

const Registry& with_events() {
  static const Registry registry = [] {
    std::vector<std::filesystem::path> folders = plugin_folders({});
    const std::filesystem::path build =
        std::filesystem::read_symlink("/proc/self/exe").parent_path().parent_path();
    folders.push_back(build / "tests/plugins/events.so");
    Registry loaded;
    loaded.load(folders);
    return loaded;
  }();
  return registry;
}

std::shared_ptr<Model> event_model(const TaskKinds& kinds) {
  Generator generator(3);
  const Configuration configuration = read_configuration(events_and_their_order(), with_events());
  return std::make_shared<Model>(
      ModelSetup{configuration, with_events(), kEvents, {}, kEventSentences, "", generator, kinds});
}

TaskKinds kinds_with_events() {
  TaskKinds kinds;
  kinds.add("events", std::make_shared<EventKind>());
  return kinds;
}

/// The sentences as a model reads them.
struct EventBatch {
  explicit EventBatch(const Model& model) : encoded(model.encode(kEventSentences)) {
    for (std::size_t i = 0; i < encoded.size(); ++i) items.push_back({&kEventSentences[i], &encoded[i]});
    batch = make_batch(items);
  }
  std::vector<SentenceSample> samples(const Model& model, std::uint64_t epoch) const {
    std::vector<SentenceSample> all;
    for (const Sentence& sentence : kEventSentences)
      all.push_back(draw_samples(model, sentence, Generator(epoch).split(sentence.id)));
    return all;
  }
  std::vector<EncodedSentence> encoded;
  std::vector<Item> items;
  Batch batch;
};

void train(Model& model, const EventBatch& read, int steps) {
  Optimizer optimizer = make_optimizer(model, read.encoded, {});
  Generator masks(5);
  Pass pass{Mode::training, masks};
  for (int step = 0; step < steps; ++step) {
    find_gradients(model, read.batch, read.samples(model, static_cast<std::uint64_t>(step)), pass);
    optimizer.step(0.02);
  }
  optimizer.settle();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_fourth_kind_of_task)

BOOST_AUTO_TEST_CASE(draws_and_labels_in_its_own_way) {
  const auto model = event_model(kinds_with_events());
  const SentenceSample sample = draw_samples(*model, kEventSentences[0], Generator(1));
  const SpanSample& events = sample[0].as<DrawnSpans>().sample;
  BOOST_TEST((events.spans[0] == Span{1, 2} && events.spans[1] == Span{3, 4}));
  BOOST_TEST(events.gold.size() == 2u);
  for (const Span& span : events.spans) BOOST_TEST(span.width() == 1);
  BOOST_TEST(sample[0].first.size() == events.spans.size());
  BOOST_TEST((sample[0].first[0] == 0 && sample[0].first[1] == 1));
  BOOST_TEST((sample[0].targets[0] == 1 && sample[0].targets[3] == 1));
  BOOST_TEST(sample[1].as<DrawnPairs>().sample.gold.size() == 1u);  // a pair of its spans
}

BOOST_AUTO_TEST_CASE(gradients_reach_all_that_is_trained) {
  const auto model = event_model(kinds_with_events());
  const EventBatch read(*model);
  Generator masks(5);
  Pass pass{Mode::training, masks};
  const StepLosses losses = find_gradients(*model, read.batch, read.samples(*model, 0), pass);
  BOOST_TEST(losses.terms.at("event.classify") > 0);
  BOOST_TEST(losses.terms.at("order.classify") > 0);
  const auto parameters = model->named_parameters();
  for (const char* name : {"event.head.weight", "event.head.bias", "order.head.classify_weight"})
    BOOST_TEST(parameters[name].grad().abs().sum().item<double>() > 0, name);
  double of_encoder = 0;
  for (const auto& item : parameters) {
    if (item.key().starts_with("encoder.") && item.value().grad().defined())
      of_encoder += item.value().grad().to_dense().abs().sum().item<double>();
  }
  BOOST_TEST(of_encoder > 0);
}

BOOST_AUTO_TEST_CASE(predicts_what_it_was_trained_for) {
  const auto model = event_model(kinds_with_events());
  const EventBatch read(*model);
  train(*model, read, 80);
  const std::vector<SpanTaskPredictions> found = predict(*model, read.items);
  BOOST_REQUIRE(found.size() == 1u);  // the task over its spans adds to them
  for (std::size_t i = 0; i < kEventSentences.size(); ++i) {
    const Annotation annotation = found[0].sentences[i].annotation();
    BOOST_TEST((annotation.entities == kEventSentences[i].views[0].entities), kEventSentences[i].id);
    BOOST_TEST((annotation.relations == kEventSentences[i].views[0].relations), kEventSentences[i].id);
  }
}

BOOST_AUTO_TEST_CASE(is_evaluated_chunk_by_chunk) {
  const auto model = event_model(kinds_with_events());
  {
    const at::NoGradGuard no_gradients;
    model->named_parameters()["event.head.bias"].fill_(1);  // every word is an event of both types
  }
  const EventBatch read(*model);
  const BatchDecisions whole = decide(*model, read.batch), chunks = decide(*model, read.batch, 2);
  BOOST_TEST(whole[0]->decisions.size() == 22u);
  BOOST_TEST(whole[0]->scores.candidates.size() == 11);
  BOOST_TEST(chunks[0]->scores.candidates.size() == 0);  // not kept
  BOOST_REQUIRE(chunks[0]->decisions.size() == whole[0]->decisions.size());
  for (std::size_t i = 0; i < whole[0]->decisions.size(); ++i) {
    BOOST_TEST(chunks[0]->decisions[i].row == whole[0]->decisions[i].row);
    BOOST_TEST((chunks[0]->decisions[i].span == whole[0]->decisions[i].span));
  }
}

BOOST_AUTO_TEST_CASE(must_be_in_the_table) {
  try {
    event_model({});
    BOOST_ERROR("a kind that nobody added was found");
  } catch (const Error& error) {
    BOOST_TEST((error.kind() == ErrorKind::usage));
    BOOST_TEST(error.problems().front().place == "event.head");
    BOOST_TEST(error.problems().front().message ==
               "the head is made for tasks of the kind 'events', which does not exist; there are: pairs, "
               "spans, words");
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace spanlab::test
