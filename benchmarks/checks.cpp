// SPDX-License-Identifier: MIT
// What it costs to look at components' answers, beside a training step.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include "measure.hpp"
#include "model/setup.hpp"
#include "model/samples.hpp"
#include "plugin/registry.hpp"
#include "sdk/answers.hpp"
#include "settings/configuration_json.hpp"
#include "train/step.hpp"

namespace spanlab::host::benchmarks {

namespace {

using nlohmann::json;

constexpr int kWords = 25;  // CoNLL04's sentences have 29 on average

/// The fastest encoder that ships, so that the checks' share is at its largest.
Configuration configuration(const Registry& registry) {
  const json sampler{{"component", "uniform"}}, labeler{{"component", "hard"}};
  return read_configuration({{"encoder", {{"component", "birnn"}}},
                             {"entity",
                              {{"head", {{"component", "span"}}},
                               {"loss", {{"classify", {{"component", "cross_entropy"}}}}},
                               {"sampler", sampler},
                               {"labeler", labeler}}},
                             {"relation",
                              {{"spans", "entity"},
                               {"head", {{"component", "pair"}}},
                               {"loss", {{"classify", {{"component", "bce"}}}}},
                               {"sampler", sampler},
                               {"labeler", labeler}}}},
                            registry);
}

Labels labels() {
  return {{"default"},
          {{{{"Loc", "", false}, {"Org", "", false}, {"Peop", "", false}},
            {{"Live_In", "", false}, {"Work_For", "", false}}}}};
}

std::vector<Sentence> sentences() {
  std::vector<Sentence> all;
  for (const char* id : {"a", "b"}) {
    Sentence sentence{id, "", {}, {{{{{0, 2}, 2}, {{4, 5}, 0}, {{9, 12}, 1}}, {{0, 1, 0}, {0, 2, 1}}}}};
    for (int word = 0; word < kWords; ++word) sentence.words.push_back("word" + std::to_string(word % 17));
    all.push_back(std::move(sentence));
  }
  return all;
}

/// One batch of two sentences on its way through a model, and the answers on that way.
class Step {
 public:
  explicit Step(const Registry& registry)
      : model_(ModelSetup{.configuration = configuration(registry),
                          .registry = registry,
                          .labels = labels(),
                          .model = {},
                          .training = sentences_,
                          .generator = generator_}),
        encoded_(model_.encode(sentences_)),
        optimizer_(make_optimizer(model_, encoded_, {})) {
    std::vector<Item> items;
    for (std::size_t i = 0; i < sentences_.size(); ++i) items.push_back({&sentences_[i], &encoded_[i]});
    batch_ = make_batch(items);
    draw();
    Generator masks(1);
    Pass pass{Mode::training, masks};
    features_ = model_.encoder().forward(batch_, pass);
    scores_ = score_samples(model_, batch_, samples_, pass);
  }

  void train() {
    draw();
    Generator masks(1);
    Pass pass{Mode::training, masks};
    find_gradients(model_, batch_, samples_, pass);
    optimizer_.step(1e-5);
  }

  /// Looks at everything that a step looks at.
  void check() const {
    const Context none;
    const Call call(none, "forward");
    check_features(call, features_, batch_, model_.encoder().width(), model_.encoder().parameters());
    for (std::size_t t = 0; t < scores_.size(); ++t) {
      const TaskScores& scores = scores_[t];
      const Head& head = *model_.tasks()[t].head;
      check_outputs(call, scores.outputs, head.outputs(), scores.candidates.size(), features_.units);
      const at::Tensor& output = scores.outputs.at("classify");
      const LossValues values{output.select(1, 0), {}};
      check_loss(call, {output, scores.targets, scores.hard, scores.first, scores.candidates, scores.outputs},
                 values);
    }
    for (std::size_t s = 0; s < samples_.size(); ++s) {
      const auto& spans = samples_[s][0].as<DrawnSpans>().sample;
      const Annotation& gold = sentences_[s].views.front();
      check_sample(call, spans, sentences_[s], gold.entities.size());
      check_sample(call, samples_[s][1].as<DrawnPairs>().sample, spans.spans.size(), gold.relations.size());
      for (const TaskSample& sample : samples_[s]) check_targets(call, sample.targets);
    }
  }

 private:
  void draw() {
    samples_.clear();
    for (std::size_t i = 0; i < sentences_.size(); ++i)
      samples_.push_back(draw_samples(model_, sentences_[i], Generator(i)));
  }

  std::vector<Sentence> sentences_ = sentences();
  Generator generator_{7};
  Model model_;
  std::vector<EncodedSentence> encoded_;
  Optimizer optimizer_;
  Batch batch_;
  std::vector<SentenceSample> samples_;
  Features features_;
  std::vector<TaskScores> scores_;
};

}  // namespace

json measure_checks(const Request& request) {
  at::set_num_threads(request.threads);
  Registry registry;
  registry.load(plugin_folders({}));
  Step step(registry);
  CallPage page;
  page.use();
  const std::uint64_t before = page.finished_calls();
  step.train();
  const auto calls = static_cast<double>(page.finished_calls() - before);
  const Context context = named(context_at(nullptr, "entity.head"), "head/span of /a/plugin/of/this/name.so");
  const double marker = fastest([&] { const Call call(context, "forward"); }, request.budget);
  const double checks = fastest([&] { step.check(); }, request.budget);
  const double whole = fastest([&] { step.train(); }, request.budget);
  const double all = checks + calls * marker;
  return {{"threads", request.threads}, {"step", whole},       {"calls", calls}, {"call", marker},
          {"checks", checks},           {"share", all / whole}};
}

}  // namespace spanlab::host::benchmarks
