// SPDX-License-Identifier: MIT
#pragma once

#include <limits>

#include "sdk/answers.hpp"
#include "components.hpp"
#include "model/features.hpp"
#include "model/predict.hpp"
#include "model/setup.hpp"
#include "spanlab/error.hpp"
#include "test.hpp"
#include "tiny_bert.hpp"
#include "train/step.hpp"

namespace spanlab::test {

template <typename Answer>
using Change = std::function<void(Answer&)>;

template <typename Answer>
Answer changed(Answer answer, const Change<Answer>& change) {
  if (change) change(answer);
  return answer;
}

struct OddSampler : Sampler {
  std::shared_ptr<Sampler> inner;
  Change<SpanSample> spans;
  Change<PairSample> pairs;
  Change<std::vector<Span>> scored_spans;
  Change<std::vector<Pair>> scored_pairs;

  SpanSample do_sample_spans(const Sentence& sentence, const Annotation& gold,
                             Generator& generator) const override {
    return changed(inner->sample_spans(sentence, gold, generator), spans);
  }
  SpanSample do_sample_words(const Sentence& sentence, const Annotation& gold) const override {
    return changed(inner->sample_words(sentence, gold), spans);
  }
  PairSample do_sample_pairs(const Sentence& sentence, const Annotation& gold, const Inventory& inventory,
                             const SpanSample& sample, Generator& generator) const override {
    return changed(inner->sample_pairs(sentence, gold, inventory, sample, generator), pairs);
  }
  std::vector<Span> do_evaluation_spans(const Sentence& sentence) const override {
    return changed(inner->evaluation_spans(sentence), scored_spans);
  }
  std::vector<Pair> do_evaluation_pairs(std::int32_t count) const override {
    return changed(inner->evaluation_pairs(count), scored_pairs);
  }
};

struct OddHead : Head {
  std::shared_ptr<Head> inner;
  Change<Outputs> scores;
  Change<std::vector<Decision>> decisions;

  HeadKind do_kind() const override { return inner->kind(); }
  std::vector<OutputShape> do_outputs() const override { return inner->outputs(); }
  Outputs do_forward(const Features& features, const Candidates& candidates, const Outputs& of_spans,
                     Pass& pass) override {
    return changed(inner->forward(features, candidates, of_spans, pass), scores);
  }
  std::vector<Decision> do_decode(const Outputs& given, const Candidates& candidates) const override {
    return changed(inner->decode(given, candidates), decisions);
  }
};

struct OddLoss : Loss {
  std::shared_ptr<Loss> inner;
  Change<LossValues> values;
  LossValues do_forward(const LossInput& input) override { return changed(inner->forward(input), values); }
};

struct OddEncoder : Encoder {
  std::shared_ptr<Encoder> inner;
  Change<EncodedSentence> sentence;
  Change<Features> features;
  at::Tensor copy;  // of its first parameter, which is a table

  std::int64_t do_width() const override { return inner->width(); }
  EncodedSentence do_encode(const Sentence& given) const override {
    return changed(inner->encode(given), sentence);
  }
  Features do_forward(const Batch& batch, Pass& pass) override {
    return changed(inner->forward(batch, pass), features);
  }
  std::vector<std::string> do_sparse_tables() const override { return {"table"}; }
  std::vector<RoundedWeight> do_rounded_weights() const override {
    return {{named_parameters()["table"], copy}};
  }
};

inline const Labels kAnswerLabels{
    {"default"}, {{{{"Person", "", false}, {"Place", "", false}}, {{"In", "", false}, {"Near", "", true}}}}};
const std::vector<Sentence> kAnswerSentences{
    {"a", "", {"Ada", "lives", "in", "Paris"}, {{{{{0, 1}, 0}, {{3, 4}, 1}}, {{0, 1, 0}}}}},
    {"b", "", {"old", "Mills", "."}, {{{{{0, 2}, 1}}, {}}}}};

/// A small SpERT, or with `words` a tagging task, made of the usual components, each behind one that can
/// change its answers.
struct OddModel {
  explicit OddModel(bool words = false) {
    static const TinyBert bert;
    Generator generator(4);
    const nlohmann::json configuration{{"encoder", {{"component", "bert"}}}};
    encoder->inner = build_encoder({configured(configuration), components(), kAnswerLabels, bert.folder(),
                                    kAnswerSentences, "", generator});
    encoder->register_module("inner", encoder->inner);
    encoder->register_parameter("table", at::zeros({1000, 2}));
    parts.labels = kAnswerLabels;
    parts.encoder = encoder;
    attach(*encoder, "encoder", "encoder");
    parts.tasks.push_back(task("entity", words ? "crf" : "span", words ? "crf_nll" : "cross_entropy",
                               words ? "all" : "uniform", generator));
    if (!words) parts.tasks.push_back(task("relation", "pair", "bce", "uniform", generator));
  }

  void attach(Component& component, const std::string& place, const std::string& kind) const {
    component.attach(named(context_at(context, place), kind + "/odd of odd.so"));
  }

  Task task(const std::string& name, const std::string& head_id, const std::string& loss_id,
            const std::string& sampler_id, Generator& generator) {
    const Inventory& inventory = kAnswerLabels.inventories[0];
    const auto defaults = [](ComponentKind kind, const std::string& id) {
      return Parameters(components().info(kind, id).schema, {});
    };
    auto head = std::make_shared<OddHead>();
    head->inner = components().head(head_id, defaults(ComponentKind::head, head_id),
                                    {.width = encoder->width(),
                                     .inventory = inventory,
                                     .spans_outputs = {},
                                     .spans_widths = {},
                                     .generator = generator});
    head->register_module("inner", head->inner);
    auto sampler = std::make_unique<OddSampler>();
    sampler->inner = components().sampler(sampler_id, defaults(ComponentKind::sampler, sampler_id),
                                          {head->kind(), inventory, {}});
    const std::string output = head->outputs().front().name;
    auto loss = std::make_unique<OddLoss>();
    const std::int64_t types = head->kind() == HeadKind::words ? 4 : 2;
    loss->inner = components().loss(loss_id, defaults(ComponentKind::loss, loss_id),
                                    {head->kind(), head->outputs().front().columns, types, {}});
    Task made;
    made.name = name;
    made.head = head;
    heads[name] = head.get();
    samplers[name] = sampler.get();
    losses[name] = loss.get();
    made.sampler = std::move(sampler);
    made.losses.emplace(output, std::move(loss));
    made.labeler = components().labeler("hard", defaults(ComponentKind::labeler, "hard"),
                                        {head->kind(), kAnswerLabels.views, kAnswerLabels.inventories, 0});
    attach(*head, name + ".head", "head");
    attach(*made.sampler, name + ".sampler", "sampler");
    attach(*made.labeler, name + ".labeler", "labeler");
    attach(*made.losses.at(output), name + ".loss." + output, "loss");
    return made;
  }

  // One step of training and one evaluation.
  void use() {
    Model model(std::move(parts));
    const std::vector<EncodedSentence> encoded = model.encode(kAnswerSentences);
    make_optimizer(model, encoded, {});
    std::vector<Item> items;
    std::vector<SentenceSample> samples;
    for (std::size_t i = 0; i < encoded.size(); ++i) {
      items.push_back({&kAnswerSentences[i], &encoded[i]});
      samples.push_back(draw_samples(model, kAnswerSentences[i], Generator(i)));
    }
    Generator masks(9);
    Pass pass{Mode::training, masks};
    find_gradients(model, make_batch(items), samples, pass);
    predict(model, items);
  }

  std::shared_ptr<TrialContext> context = std::make_shared<TrialContext>();
  std::shared_ptr<OddEncoder> encoder = std::make_shared<OddEncoder>();
  ModelContents parts;
  std::map<std::string, OddHead*> heads;
  std::map<std::string, OddSampler*> samplers;
  std::map<std::string, OddLoss*> losses;
};

inline void refused(const std::function<void(OddModel&)>& change, const std::string& place,
                    const std::string& fragment, bool words = false) {
  OddModel odd(words);
  odd.encoder->copy = at::zeros({1000, 2}, at::kBFloat16);
  change(odd);
  try {
    odd.use();
    BOOST_ERROR("passed unseen: " << place << ": " << fragment);
  } catch (const Error& error) {
    BOOST_TEST((error.kind() == ErrorKind::trial), error.what());
    BOOST_TEST(error.problems().front().place == place);
    BOOST_TEST(error.problems().front().message.find("odd of odd.so") != std::string::npos, error.what());
    BOOST_TEST(error.problems().front().message.find(fragment) != std::string::npos,
               error.what() << "\nlacks: " << fragment);
  }
}

/// Every span and every pair is decided on.
inline void decide_on_all(OddModel& odd) {
  for (const auto& [name, head] : odd.heads) {
    head->scores = [](Outputs& outputs) {
      at::Tensor& scores = outputs.at("classify");
      scores = scores + at::arange(scores.size(1)) * 100.0;
    };
  }
}

}  // namespace spanlab::test
