// SPDX-License-Identifier: MIT
// What heads and losses may answer.
#include "odd_model.hpp"

namespace spanlab::test {

BOOST_AUTO_TEST_SUITE(answers_of_heads)

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
    refused(decisions([](auto& all) { all.back().type = -1; }), place, "the type -1");
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
