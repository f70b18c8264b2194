// SPDX-License-Identifier: MIT
// Components that break their contract: what they answer is refused, with their name, before anything is read
// by it.
#include "tasks/answers.hpp"

#include <limits>

#include "components.hpp"
#include "model/features.hpp"
#include "model/predict.hpp"
#include "model/setup.hpp"
#include "spanlab/error.hpp"
#include "test.hpp"
#include "tiny_bert.hpp"
#include "train/step.hpp"

namespace spanlab::test {

namespace {

template <typename Answer>
using Change = std::function<void(Answer&)>;

template <typename Answer>
Answer changed(Answer answer, const Change<Answer>& change) {
  if (change) change(answer);
  return answer;
}

struct OddSampler : Sampler {
  std::unique_ptr<Sampler> inner;
  Change<SpanSample> spans;
  Change<PairSample> pairs;
  Change<std::vector<Span>> scored_spans;
  Change<std::vector<Pair>> scored_pairs;

  SpanSample sample_spans(const Sentence& sentence, const Annotation& gold,
                          Generator& generator) const override {
    return changed(inner->sample_spans(sentence, gold, generator), spans);
  }
  SpanSample sample_words(const Sentence& sentence, const Annotation& gold) const override {
    return changed(inner->sample_words(sentence, gold), spans);
  }
  PairSample sample_pairs(const Sentence& sentence, const Annotation& gold, const Inventory& inventory,
                          const SpanSample& sample, Generator& generator) const override {
    return changed(inner->sample_pairs(sentence, gold, inventory, sample, generator), pairs);
  }
  std::vector<Span> evaluation_spans(const Sentence& sentence) const override {
    return changed(inner->evaluation_spans(sentence), scored_spans);
  }
  std::vector<Pair> evaluation_pairs(std::int32_t count) const override {
    return changed(inner->evaluation_pairs(count), scored_pairs);
  }
};

struct OddHead : Head {
  std::shared_ptr<Head> inner;
  Change<Outputs> scores;
  Change<std::vector<Decision>> decisions;

  HeadKind kind() const override { return inner->kind(); }
  std::vector<OutputShape> outputs() const override { return inner->outputs(); }
  Outputs forward(const Features& features, const Candidates& candidates, const Outputs& of_spans,
                  Pass& pass) override {
    return changed(inner->forward(features, candidates, of_spans, pass), scores);
  }
  std::vector<Decision> decode(const Outputs& given, const Candidates& candidates) const override {
    return changed(inner->decode(given, candidates), decisions);
  }
};

struct OddLoss : Loss {
  std::unique_ptr<Loss> inner;
  Change<LossValues> values;
  LossValues forward(const LossInput& input) override { return changed(inner->forward(input), values); }
};

struct OddLabeler : SoftLabeler {
  float target = 1;
  void label_spans(const Sentence&, std::size_t, const SpanSample&, std::size_t,
                   std::span<float> targets) const override {
    targets.back() = target;
  }
  void label_pairs(const Sentence&, std::size_t, const SpanSample&, const PairSample&, std::size_t,
                   std::span<float> targets) const override {
    if (!targets.empty()) targets.back() = target;
  }
};

struct OddEncoder : Encoder {
  std::shared_ptr<Encoder> inner;
  Change<EncodedSentence> sentence;
  Change<Features> features;
  at::Tensor copy;  // of its first parameter, which is a table
  bool has_frozen = false;

  std::int64_t width() const override { return inner->width(); }
  EncodedSentence encode(const Sentence& given) const override {
    return changed(inner->encode(given), sentence);
  }
  Features forward(const Batch& batch, Pass& pass) override {
    return changed(inner->forward(batch, pass), features);
  }
  Encoder* frozen() override { return has_frozen ? inner.get() : nullptr; }
  std::vector<std::string> sparse_tables() const override { return {"table"}; }
  std::vector<RoundedWeight> rounded_weights() const override {
    return {{named_parameters()["table"], copy}};
  }
};

const Labels kAnswerLabels{
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
    parts.encoder_component = "encoder/odd of odd.so";
    parts.tasks.push_back(task("entity", words ? "crf" : "span", words ? "crf_nll" : "cross_entropy",
                               words ? "all" : "uniform", generator));
    if (!words) parts.tasks.push_back(task("relation", "pair", "bce", "uniform", generator));
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
    for (const std::string& slot :
         {std::string("head"), std::string("sampler"), std::string("labeler"), "loss." + output}) {
      made.components[slot] = slot + "/odd of odd.so";
    }
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

  std::shared_ptr<OddEncoder> encoder = std::make_shared<OddEncoder>();
  ModelContents parts;
  std::map<std::string, OddHead*> heads;
  std::map<std::string, OddSampler*> samplers;
  std::map<std::string, OddLoss*> losses;
};

void refused(const std::function<void(OddModel&)>& change, const std::string& place,
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

// Every span and every pair is decided on.
void decide_on_all(OddModel& odd) {
  for (const auto& [name, head] : odd.heads) {
    head->scores = [](Outputs& outputs) {
      at::Tensor& scores = outputs.at("classify");
      scores = scores + at::arange(scores.size(1)) * 100.0;
    };
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(answers)

BOOST_AUTO_TEST_CASE(the_usual_components_pass) {
  for (const bool words : {false, true}) {
    OddModel odd(words);
    odd.encoder->copy = at::zeros({1000, 2}, at::kBFloat16);
    BOOST_CHECK_NO_THROW(odd.use());
  }
  OddModel odd;
  odd.encoder->copy = at::zeros({1000, 2}, at::kBFloat16);
  decide_on_all(odd);
  BOOST_CHECK_NO_THROW(odd.use());
}

BOOST_AUTO_TEST_CASE(encoders) {
  const auto sentence = [](const Change<EncodedSentence>& change) {
    return [=](OddModel& odd) { odd.encoder->sentence = change; };
  };
  refused(sentence([](EncodedSentence& one) { one.words.pop_back(); }), "encoder",
          "as 3 words, but it has 4");
  refused(sentence([](EncodedSentence& one) { one.words.back().end = 400; }), "encoder",
          "400), expected some of [0,");
  refused(sentence([](EncodedSentence& one) { one.words.front().begin = -1; }), "encoder", "the units [-1,");
  refused(sentence([](EncodedSentence& one) { one.words.front().end = one.words.front().begin; }), "encoder",
          "expected some of [0,");
  refused(sentence([](EncodedSentence& one) { one.inner = std::make_shared<EncodedSentence>(); }), "encoder",
          "as 0 words");
  refused(sentence([](EncodedSentence& one) { one.ids.back() = 1000; }), "encoder",
          "its sparse table 'encoder.table' has 1000 rows");
  refused(sentence([](EncodedSentence& one) { one.ids.back() = -1; }), "encoder",
          "reads sentences as units -1 to");
  const auto features = [](const Change<Features>& change) {
    return [=](OddModel& odd) { odd.encoder->features = change; };
  };
  refused(features([](Features& all) { all.units = all.units.slice(0, 1); }), "encoder", "features of units");
  refused(features([](Features& all) { all.units = all.units.slice(1, 1); }), "encoder", "features of units");
  refused(features([](Features& all) { all.units = at::Tensor(); }), "encoder", "as nothing");
  refused(features([](Features& all) { all.units = all.units.to(at::kLong); }), "encoder",
          "floating-point numbers");
  refused(features([](Features& all) { all.sentences = all.sentences.slice(0, 1); }), "encoder",
          "features of sentences");
  const auto copy = [](const at::Tensor& tensor) {
    return [=](OddModel& odd) { odd.encoder->copy = tensor; };
  };
  refused(copy(at::zeros({10, 2}, at::kBFloat16)), "encoder", "rounds 'encoder.table'");
  refused(copy(at::zeros({1000, 2})), "encoder", "expected bfloat16");
  refused(copy(at::zeros({2, 1000}, at::kBFloat16).t()), "encoder", "contiguous");
  refused(copy(at::Tensor()), "encoder", "to nothing");
  OddModel frozen;
  frozen.encoder->has_frozen = true;
  EncodedSentence none;
  BOOST_CHECK_THROW(frozen_encoding(*frozen.encoder, none), Error);
}

BOOST_AUTO_TEST_CASE(samplers) {
  const auto spans = [](const Change<SpanSample>& change) {
    return [=](OddModel& odd) { odd.samplers.at("entity")->spans = change; };
  };
  const std::string entity = "entity.sampler", relation = "relation.sampler";
  refused(spans([](SpanSample& sample) { sample.spans.push_back({0, 40}); }), entity,
          "the span [0, 40) of sentence 'a', which has 4 words");
  refused(spans([](SpanSample& sample) { sample.spans.push_back({-1, 1}); }), entity, "the span [-1, 1)");
  refused(spans([](SpanSample& sample) { sample.spans.push_back({2, 2}); }), entity, "the span [2, 2)");
  refused(spans([](SpanSample& sample) { sample.spans.resize(1); }), entity, "2 positive candidates among 1");
  refused(spans([](SpanSample& sample) { sample.gold.front().clear(); }), entity, "no gold item");
  refused(spans([](SpanSample& sample) { sample.gold.front() = {2}; }), entity,
          "the gold entity 2, but there are 2");
  refused(spans([](SpanSample& sample) { sample.gold.front() = {-1}; }), entity, "the gold entity -1");
  const auto pairs = [](const Change<PairSample>& change) {
    return [=](OddModel& odd) { odd.samplers.at("relation")->pairs = change; };
  };
  refused(pairs([](PairSample& sample) { sample.pairs.push_back({0, 3000}); }), relation,
          "the pair (0, 3000) of");
  refused(pairs([](PairSample& sample) { sample.pairs.push_back({-1, 0}); }), relation, "the pair (-1, 0)");
  refused(pairs([](PairSample& sample) { sample.gold.resize(9, {0}); }), relation, "9 positive candidates");
  refused(pairs([](PairSample& sample) {
            if (!sample.gold.empty()) sample.gold.front() = {7};
          }),
          relation, "the gold relation 7, but there are 1");
  refused(
      [](OddModel& odd) {
        odd.samplers.at("entity")->scored_spans = [](std::vector<Span>& all) { all.push_back({3, 5}); };
      },
      entity, "the span [3, 5) of sentence");
  for (const Pair& bad : {Pair{0, 700}, Pair{-1, 0}}) {
    refused(
        [&](OddModel& odd) {
          decide_on_all(odd);
          odd.samplers.at("relation")->scored_pairs = [bad](std::vector<Pair>& all) { all.push_back(bad); };
        },
        relation, "the pair (");
  }
  refused(
      [](OddModel& odd) {
        odd.samplers.at("entity")->spans = [](SpanSample& sample) { sample.spans.push_back({0, 9}); };
      },
      entity, "[0, 9)", true);
}

BOOST_AUTO_TEST_CASE(labelers) {
  for (const float target :
       {-0.5f, 1.5f, std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    for (const std::size_t task : {0, 1}) {
      refused(
          [&](OddModel& odd) {
            auto labeler = std::make_unique<OddLabeler>();
            labeler->target = target;
            odd.parts.tasks[task].labeler = std::move(labeler);
          },
          task == 0 ? "entity.labeler" : "relation.labeler", "the target");
    }
  }
}

BOOST_AUTO_TEST_CASE(outputs_of_heads) {
  for (const std::string name : {"entity", "relation"}) {
    const auto scores = [&](const Change<at::Tensor>& change) {
      return [=](OddModel& odd) {
        odd.heads.at(name)->scores = [=](Outputs& outputs) { change(outputs.at("classify")); };
      };
    };
    const std::string place = name + ".head", what = "the output 'classify'";
    refused(scores([](at::Tensor& tensor) { tensor = tensor.slice(0, 1); }), place, what);
    refused(scores([](at::Tensor& tensor) { tensor = at::cat({tensor, tensor}); }), place, what);
    refused(scores([](at::Tensor& tensor) { tensor = tensor.slice(1, 1); }), place, what);
    refused(scores([](at::Tensor& tensor) { tensor = tensor.view({-1}); }), place, what);
    refused(scores([](at::Tensor& tensor) { tensor = at::Tensor(); }), place, "as nothing");
    refused(scores([](at::Tensor& tensor) { tensor = tensor.to(at::kLong); }), place,
            "floating-point numbers");
    refused([&](OddModel& odd) { odd.heads.at(name)->scores = [](Outputs& outputs) { outputs.clear(); }; },
            place, "did not give the output 'classify'");
  }
}

BOOST_AUTO_TEST_CASE(decisions_of_heads) {
  for (const std::string name : {"entity", "relation"}) {
    const auto decisions = [&](const Change<std::vector<Decision>>& change) {
      return [=](OddModel& odd) {
        decide_on_all(odd);
        odd.heads.at(name)->decisions = change;
      };
    };
    const std::string place = name + ".head";
    refused(decisions([](auto& all) { all.back().row = 100000; }), place, "decided on row 100000 of");
    refused(decisions([](auto& all) { all.front().row = -1; }), place, "decided on row -1 of");
    refused(decisions([](auto& all) { all.back().type = 2; }), place, "the type 2 of 2");
    refused(decisions([](auto& all) { all.back().type = -1; }), place, "the type -1 of 2");
    refused(decisions([](auto& all) { all.back().score = std::numeric_limits<float>::quiet_NaN(); }), place,
            "the score nan");
    refused(decisions([](auto& all) { all.back().score = 3; }), place, "the score 3");
    refused(decisions([](auto& all) { all.back().sentence = 7; }), place, "into sentence 7");
    refused(decisions([](auto& all) { std::swap(all.front(), all.back()); }), place,
            "expected an order by row");
    refused(decisions([](auto& all) { all.push_back(all.back()); }), place, "expected an order by row");
  }
  const auto spans = [](const Change<std::vector<Decision>>& change) {
    return [=](OddModel& odd) {
      decide_on_all(odd);
      odd.heads.at("entity")->decisions = change;
    };
  };
  refused(spans([](auto& all) { all.back().span.end = 90; }), "entity.head", "but the candidate is [");
}

BOOST_AUTO_TEST_CASE(decisions_about_words) {
  const auto found = [](const Decision& decision) {
    return [=](OddModel& odd) {
      odd.heads.at("entity")->decisions = [=](std::vector<Decision>& all) { all = {decision}; };
    };
  };
  refused(found({1, 0, {1, 9}, 0, 0.5f}), "entity.head", "begins with word 1 of 4", true);
  refused(found({1, 0, {2, 3}, 0, 0.5f}), "entity.head", "begins with word 1 of 4", true);
  refused(found({1, 0, {1, 1}, 0, 0.5f}), "entity.head", "begins with word 1 of 4", true);
  refused(found({1, 1, {1, 2}, 0, 0.5f}), "entity.head", "into sentence 1", true);
  refused(found({70, 0, {1, 2}, 0, 0.5f}), "entity.head", "row 70 of 7", true);
  refused(found({1, 0, {1, 2}, 2, 0.5f}), "entity.head", "the type 2 of 2", true);
}

BOOST_AUTO_TEST_CASE(losses) {
  for (const bool words : {false, true}) {
    const auto values = [](const Change<LossValues>& change) {
      return [=](OddModel& odd) { odd.losses.at("entity")->values = change; };
    };
    const std::string place = words ? "entity.loss.emissions" : "entity.loss.classify";
    refused(values([](LossValues& loss) { loss.values = loss.values.slice(0, 1); }), place,
            "gave the values as float [", words);
    refused(values([](LossValues& loss) {
              loss.values = at::cat({loss.values, loss.values, loss.values, loss.values, loss.values});
            }),
            place, "the values", words);
    refused(values([](LossValues& loss) { loss.values = loss.values.unsqueeze(1); }), place, "the values",
            words);
    refused(values([](LossValues& loss) { loss.values = loss.values.sum(); }), place, "the values", words);
    refused(values([](LossValues& loss) { loss.values = at::Tensor(); }), place, "the values as nothing",
            words);
    refused(values([](LossValues& loss) { loss.values = loss.values.to(at::kLong); }), place,
            "floating-point numbers", words);
    refused(values([](LossValues& loss) { loss.samples = at::ones({1}); }), place, "the samples as", words);
    refused(values([](LossValues& loss) { loss.samples = -at::ones_like(loss.values); }), place,
            "samples in all", words);
    refused(values([](LossValues& loss) { loss.parts["odd"] = at::Tensor(); }), place,
            "its part 'odd' as nothing", words);
    refused(values([](LossValues& loss) { loss.parts["odd"] = at::ones({99}); }), place,
            "its part 'odd' as float [99]", words);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace spanlab::test
