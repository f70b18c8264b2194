// SPDX-License-Identifier: MIT
#include <ATen/ATen.h>

#include "components.hpp"
#include "model/setup.hpp"
#include "spanlab/error.hpp"
#include "test.hpp"
#include "train/step.hpp"

namespace spanlab::test {

namespace {

const Labels kLabels{{"default"}, {{{{"Peop", "", false}, {"Loc", "", false}}, {{"Live_In", "", false}}}}};
const std::vector<Sentence> kSentences{
    {"a", "", {"Ada", "Byron", "lives", "in", "Paris"}, {{{{{0, 2}, 0}, {{4, 5}, 1}}, {{0, 1, 0}}}}},
    {"b", "", {"Paris", "sleeps"}, {{{{{0, 1}, 1}}, {}}}}};

nlohmann::json task(const char* head, const char* loss) {
  return {{"head", {{"component", head}, {"dropout", 0.3}}},
          {"loss", {{"classify", {{"component", loss}}}}},
          {"sampler", {{"component", "uniform"}}},
          {"labeler", {{"component", "hard"}}}};
}

// A small model over words, with dropout, and one step of it.
struct Training {
  Training() {
    nlohmann::json configuration{{"encoder", {{"component", "birnn"}, {"size", 6}, {"least", 1}}},
                                 {"entity", task("span", "cross_entropy")},
                                 {"relation", task("pair", "bce")}};
    configuration["relation"]["spans"] = "entity";
    Generator generator(4);
    model = std::make_shared<Model>(
        ModelSetup{configured(configuration), components(), kLabels, {}, kSentences, "", generator});
    encoded = model->encode(kSentences);
    for (std::size_t i = 0; i < kSentences.size(); ++i) {
      items.push_back({&kSentences[i], &encoded[i]});
      samples.push_back(draw_samples(*model, kSentences[i], Generator(i)));
    }
    batch = make_batch(items);
  }
  StepLosses find(const Adversary& adversary) {
    model->zero_grad();
    Generator dropout(9);
    Pass pass{Mode::training, dropout};
    return find_gradients(*model, batch, samples, pass, adversary);
  }
  // Sum over the sentences of the norm of the loss's gradient by their embeddings.
  double slope() {
    Generator dropout(9);
    Perturbation perturbation;
    Pass pass{Mode::training, dropout, &perturbation};
    batch_loss(*model, score_samples(*model, batch, samples, pass)).total.backward();
    double sum = 0;
    for (std::int64_t s = 0; s < batch.size(); ++s) {
      sum += perturbation.seen.grad()
                 .slice(0, batch.unit_offsets[s], batch.unit_offsets[s + 1])
                 .norm()
                 .item<double>();
    }
    return sum;
  }
  std::shared_ptr<Model> model;
  std::vector<EncodedSentence> encoded;
  std::vector<Item> items;
  std::vector<SentenceSample> samples;
  Batch batch;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(adversary)

BOOST_AUTO_TEST_CASE(embeddings_move_along_the_gradient) {
  Training training;
  const double clean = training.find({}).total, slope = training.slope();
  for (const std::int64_t steps : {1, 3}) {
    const double norm = 3e-3;  // small: the loss grows by norm times the slope
    const StepLosses moved = training.find({norm, steps});
    BOOST_TEST(moved.terms.at("adversarial") - clean == norm * slope, boost::test_tools::tolerance(0.05));
    BOOST_TEST(moved.total == clean + moved.terms.at("adversarial"), boost::test_tools::tolerance(1e-6));
  }
  BOOST_TEST(training.find({1, 4}).terms.at("adversarial") > clean);
}

BOOST_AUTO_TEST_CASE(gradients_of_both_losses_add_up) {
  Training training;
  training.find({});
  std::vector<at::Tensor> alone;
  for (const at::Tensor& parameter : training.model->parameters())
    alone.push_back(parameter.grad().defined() ? parameter.grad().to_dense().clone() : at::Tensor());
  training.find({1e-6, 1});  // hardly moved: the same gradient twice
  std::size_t i = 0;
  for (const at::Tensor& parameter : training.model->parameters()) {
    const at::Tensor once = alone[i++];
    if (once.defined()) BOOST_TEST(at::allclose(parameter.grad().to_dense(), 2 * once, 1e-3, 1e-6));
  }
}

BOOST_AUTO_TEST_CASE(nothing_changes_without_one) {
  Training training;
  const StepLosses losses = training.find({0, 5});
  BOOST_TEST(!losses.terms.contains("adversarial"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace spanlab::test
