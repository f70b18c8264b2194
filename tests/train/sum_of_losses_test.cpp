// SPDX-License-Identifier: MIT
// The weights of losses in their sum: the sum is that of the terms, the gradient that of each loss alone,
// times the weights.
#include <ATen/ATen.h>

#include "components.hpp"
#include "model/setup.hpp"
#include "test.hpp"
#include "train/step.hpp"

namespace spanlab::test {

namespace {

const Labels kSumLabels{
    {"default"},
    {{{{"Peop", "", false}, {"Loc", "", false}}, {{"Live_In", "", false}, {"Born_In", "", false}}}}};
const std::vector<Sentence> kSumSentences{
    {"a", "", {"Ada", "Byron", "lives", "in", "Paris"}, {{{{{0, 2}, 0}, {{4, 5}, 1}}, {{0, 1, 0}}}}},
    {"b", "", {"Paris", "sleeps"}, {{{{{0, 1}, 1}}, {}}}}};

using Weights = std::map<std::string, double>;  // of `entity.identify`, …
const std::vector<std::string> kFourLosses{"entity.identify", "entity.classify", "relation.identify",
                                           "relation.classify"};

// SpERT.MT's four losses. Without weights the losses have none in the configuration.
nlohmann::json configuration_with(const Weights& weights, double entity_weight) {
  const std::vector<std::string> outputs{"identify", "classify"};
  const auto task = [&](const std::string& name, const char* head) {
    nlohmann::json losses{{"identify", {{"component", "bce"}}}, {"classify", {{"component", "ranking"}}}};
    for (const std::string& output : outputs) {
      if (const auto weight = weights.find(name + "." + output); weight != weights.end())
        losses[output]["sum_weight"] = weight->second;
    }
    return nlohmann::json{{"head", {{"component", head}, {"dropout", 0.3}, {"outputs", outputs}}},
                          {"loss", losses},
                          {"sampler", {{"component", "uniform"}}},
                          {"labeler", {{"component", "hard"}}}};
  };
  nlohmann::json configuration{{"encoder", {{"component", "birnn"}, {"size", 6}, {"least", 1}}},
                               {"entity", task("entity", "span")},
                               {"relation", task("relation", "pair")}};
  configuration["entity"]["weight"] = entity_weight;
  configuration["relation"]["spans"] = "entity";
  return configuration;
}

struct Step {
  StepLosses losses;
  std::map<std::string, at::Tensor> gradients;
};

// The first half of a step, in double precision; always over the same model, samples and masks.
Step step_of(const Weights& weights, double entity_weight = 1) {
  Generator generator(4);
  const nlohmann::json configuration = configuration_with(weights, entity_weight);
  const auto model = std::make_shared<Model>(
      ModelSetup{configured(configuration), components(), kSumLabels, {}, kSumSentences, "", generator});
  model->to(at::kDouble);
  const std::vector<EncodedSentence> encoded = model->encode(kSumSentences);
  std::vector<Item> items;
  std::vector<SentenceSample> samples;
  for (std::size_t i = 0; i < kSumSentences.size(); ++i) {
    items.push_back({&kSumSentences[i], &encoded[i]});
    samples.push_back(draw_samples(*model, kSumSentences[i], Generator(i)));
  }
  Generator masks(9);
  Pass pass{Mode::training, masks};
  Step step{find_gradients(*model, make_batch(items), samples, pass), {}};
  for (const auto& item : model->named_parameters()) {
    const at::Tensor& gradient = item.value().grad();
    step.gradients[item.key()] =
        gradient.defined() ? gradient.to_dense().clone() : at::zeros_like(item.value());
  }
  return step;
}

Weights alone(const std::string& loss) {
  Weights weights;
  for (const std::string& one : kFourLosses) weights[one] = one == loss ? 1 : 0;
  return weights;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(sum_of_losses)

BOOST_AUTO_TEST_CASE(each_loss_has_its_weight) {
  const Weights weights{
      {"entity.identify", 3}, {"entity.classify", 0.5}, {"relation.identify", 0}, {"relation.classify", 2}};
  const double entity_weight = 5;
  const Step plain = step_of({}), step = step_of(weights, entity_weight);
  BOOST_REQUIRE(plain.losses.terms.size() >= kFourLosses.size());
  double total = 0;
  std::map<std::string, at::Tensor> expected;
  for (const std::string& loss : kFourLosses) {
    BOOST_TEST(plain.losses.terms.at(loss) > 0);
    BOOST_TEST(step.losses.terms.at(loss) == plain.losses.terms.at(loss),
               loss << ": the term is logged without its weight");
    const double factor = weights.at(loss) * (loss.starts_with("entity") ? entity_weight : 1);
    total += factor * plain.losses.terms.at(loss);
    for (const auto& [name, gradient] : step_of(alone(loss)).gradients)
      expected[name] = expected[name].defined() ? expected[name] + factor * gradient : factor * gradient;
  }
  BOOST_TEST(step.losses.total == total, boost::test_tools::tolerance(1e-12));
  // LibTorch rounds a gradient of bce's scores to the targets' single precision.
  for (const auto& [name, gradient] : expected) {
    BOOST_TEST((step.gradients.at(name) - gradient).abs().max().item<double>() <=
                   1e-6 * gradient.abs().max().item<double>(),
               name);
  }
}

BOOST_AUTO_TEST_CASE(by_default_all_weigh_1) {
  const Step plain = step_of({}), ones = step_of({{"entity.identify", 1},
                                                  {"entity.classify", 1},
                                                  {"relation.identify", 1},
                                                  {"relation.classify", 1}});
  double total = 0;
  for (const std::string& loss : kFourLosses) total += plain.losses.terms.at(loss);
  BOOST_TEST(plain.losses.total == total, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(ones.losses.total == plain.losses.total);
  for (const auto& [name, gradient] : plain.gradients)
    BOOST_TEST(at::equal(ones.gradients.at(name), gradient), name);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace spanlab::test
