// SPDX-License-Identifier: MIT
// Components that break their contract: what they answer is refused, with their name, before anything is read
// by it.
#include "odd_model.hpp"

namespace spanlab::test {

namespace {

struct OddLabeler : SoftLabeler {
  float target = 1;
  void do_label_spans(const Sentence&, std::size_t, const SpanSample&, std::size_t,
                      std::span<float> targets) const override {
    targets.back() = target;
  }
  void do_label_pairs(const Sentence&, std::size_t, const SpanSample&, const PairSample&, std::size_t,
                      std::span<float> targets) const override {
    if (!targets.empty()) targets.back() = target;
  }
};

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

BOOST_AUTO_TEST_CASE(numbers_that_are_not_finite_are_told_where_they_are_looked_for) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const auto checked = [](const std::function<void(OddModel&)>& change) {
    return [=](OddModel& odd) {
      odd.context->checks_values = true;
      change(odd);
    };
  };
  refused(checked([=](OddModel& odd) {
            odd.encoder->features = [=](Features& all) {
              all.units = all.units.clone();
              all.units[1][2] = nan;
            };
          }),
          "encoder", "features of units with a number that is not finite, first at [1, 2]");
  refused(checked([=](OddModel& odd) {
            odd.heads.at("entity")->scores = [=](Outputs& outputs) {
              outputs.at("classify") = outputs.at("classify") * nan;
            };
          }),
          "entity.head", "forward() gave the output 'classify' with a number that is not finite");
  refused(checked([=](OddModel& odd) {
            odd.losses.at("relation")->values = [=](LossValues& values) {
              values.values = values.values / 0;
            };
          }),
          "relation.loss.classify", "forward() gave the values with a number that is not finite");
}

BOOST_AUTO_TEST_CASE(number_types_are_those_that_were_given) {
  refused(
      [](OddModel& odd) {
        odd.heads.at("entity")->scores = [](Outputs& outputs) {
          outputs.at("classify") = outputs.at("classify").to(at::kDouble);
        };
      },
      "entity.head", "expected numbers of the type Float");
  refused(
      [](OddModel& odd) {
        odd.losses.at("entity")->values = [](LossValues& values) {
          values.values = values.values.to(at::kHalf);
        };
      },
      "entity.loss.classify", "expected numbers of the type Float");
}

BOOST_AUTO_TEST_CASE(labelers) {
  for (const float target :
       {-0.5f, 1.5f, std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    for (const std::size_t task : {0, 1}) {
      refused(
          [&](OddModel& odd) {
            auto labeler = std::make_unique<OddLabeler>();
            labeler->target = target;
            odd.attach(*labeler, odd.parts.tasks[task].name + ".labeler", "labeler");
            odd.parts.tasks[task].labeler = std::move(labeler);
          },
          task == 0 ? "entity.labeler" : "relation.labeler", "the target");
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace spanlab::test
