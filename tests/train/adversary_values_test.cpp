// SPDX-License-Identifier: MIT
// Adversarial training against a slow version of its own: the loss's slopes along every number of the
// embeddings by finite differences in double precision, scaled sentence by sentence.
#include <cmath>

#include "components.hpp"
#include "model/setup.hpp"
#include "tiny_bert.hpp"
#include "train/step.hpp"

namespace spanlab::test {

namespace {

const Inventory kMillTypes{{{"Person", "", false}, {"Place", "", false}}, {}};
// The last one has no entity, so it has no candidate and no part in the loss.
const std::vector<Sentence> kMillSentences{
    {"a", "", {"Ada", "Byron", "lives", "in", "Paris"}, {{{{{0, 2}, 0}, {{4, 5}, 1}}, {}}}},
    {"b", "", {"mills"}, {{{{{0, 1}, 1}}, {}}}},
    {"c", "", {"the", "old", "river"}, {{}}}};

/// Passes on what another encoder does, and keeps what was added to the embeddings in each pass.
struct Watched : Encoder {
  explicit Watched(std::shared_ptr<Encoder> given) : inner(register_module("inner", std::move(given))) {}
  std::int64_t do_width() const override { return inner->width(); }
  EncodedSentence do_encode(const Sentence& sentence) const override { return inner->encode(sentence); }
  Features do_forward(const Batch& batch, Pass& pass) override {
    const at::Tensor now = pass.perturbation ? pass.perturbation->added : at::Tensor();
    added.push_back(now.defined() ? now.clone() : now);
    return inner->forward(batch, pass);
  }

  std::shared_ptr<Encoder> inner;
  std::vector<at::Tensor> added;
};

Parameters given(ComponentKind kind, const std::string& id, const std::map<std::string, Value>& values) {
  return Parameters(components().info(kind, id).schema, values);
}

/// A task of spans over one encoder, in double precision, with dropout. Gold spans alone are candidates.
struct Slow {
  Slow(const nlohmann::json& encoder, const TinyBert& bert) {
    Generator generator(4);
    const nlohmann::json configuration{{"encoder", encoder}};
    watched = std::make_shared<Watched>(build_encoder(
        {configured(configuration), components(), {}, bert.folder(), kMillSentences, "", generator}));
    Task task;
    task.name = "entity";
    task.head = components().head("span", given(ComponentKind::head, "span", {{"dropout", 0.3}}),
                                  {watched->width(), kMillTypes, {}, {}, generator});
    task.losses["classify"] = components().loss("cross_entropy", Parameters(), {HeadKind::spans, 3, 2});
    const Parameters no_negatives =
        given(ComponentKind::sampler, "uniform", {{"negatives", std::int64_t{0}}});
    task.sampler = components().sampler("uniform", no_negatives, {HeadKind::spans, kMillTypes, {1, 2}});
    const std::vector<std::string> views{"default"};
    const std::vector<Inventory> inventories{kMillTypes};
    task.labeler = components().labeler("hard", Parameters(), {HeadKind::spans, views, inventories, 0});
    std::vector<Task> tasks;
    tasks.push_back(std::move(task));
    model = std::make_shared<Model>(ModelContents{{views, inventories}, watched, std::move(tasks)});
    model->to(at::kDouble);
    encoded = model->encode(kMillSentences);
    std::vector<Item> items;
    for (std::size_t i = 0; i < encoded.size(); ++i) {
      items.push_back({&kMillSentences[i], &encoded[i]});
      samples.push_back(draw_samples(*model, kMillSentences[i], Generator(i)));
    }
    batch = make_batch(items);
  }

  // The loss with `added` to the embeddings; dropout is the same in every call. Undefined: nothing is added.
  at::Tensor loss(const at::Tensor& added, Perturbation* seen = nullptr) {
    Generator masks(9);
    Perturbation own{added, {}};
    Pass pass{Mode::training, masks, seen ? seen : &own};
    return batch_loss(*model, score_samples(*model, batch, samples, pass)).total;
  }
  at::Tensor no_move() {
    Perturbation seen;
    loss({}, &seen);
    return at::zeros_like(seen.seen);
  }
  at::Tensor slopes(const at::Tensor& added) {
    const at::NoGradGuard no_gradients;
    at::Tensor found = at::zeros_like(added), moved = added.clone();
    const double step = 1e-5;
    for (std::int64_t i = 0; i < added.numel(); ++i) {
      const auto value = [&](double change) {
        moved.copy_(added);
        moved.view(-1)[i].add_(change);
        return loss(moved).item<double>();
      };
      found.view(-1)[i].fill_((value(step) - value(-step)) / (2 * step));
    }
    return found;
  }
  // Where `steps` steps lead, each of norm/steps in every sentence along the slopes where the last one led.
  at::Tensor path(double norm, std::int64_t steps) {
    at::Tensor added = no_move();
    for (std::int64_t step = 0; step < steps; ++step) {
      const at::Tensor slope = slopes(added);
      for (std::size_t s = 0; s < encoded.size(); ++s) {
        double squares = 0;
        for (std::int64_t unit = batch.unit_offsets[s]; unit < batch.unit_offsets[s + 1]; ++unit)
          squares += slope[unit].dot(slope[unit]).item<double>();
        if (squares == 0) continue;
        for (std::int64_t unit = batch.unit_offsets[s]; unit < batch.unit_offsets[s + 1]; ++unit) {
          added[unit].add_(slope[unit], norm / static_cast<double>(steps) / std::sqrt(squares));
        }
      }
    }
    return added;
  }
  // Length of the move in a sentence.
  double length(const at::Tensor& added, std::size_t s) const {
    return added.slice(0, batch.unit_offsets[s], batch.unit_offsets[s + 1]).norm().item<double>();
  }

  std::map<std::string, at::Tensor> gradients() const {
    std::map<std::string, at::Tensor> found;
    for (const auto& item : model->named_parameters()) {
      if (item.value().grad().defined()) found[item.key()] = item.value().grad().to_dense().clone();
    }
    return found;
  }

  std::shared_ptr<Watched> watched;
  std::shared_ptr<Model> model;
  std::vector<EncodedSentence> encoded;
  std::vector<SentenceSample> samples;
  Batch batch;
};

void check_moves(Slow&& slow) {
  constexpr double kNorm = 0.3;
  const double clean = slow.loss({}).item<double>();
  for (const std::int64_t steps : {1, 2}) {
    const at::Tensor expected = slow.path(kNorm, steps);
    slow.model->zero_grad();
    slow.loss({}).backward();
    slow.loss(expected).backward();
    const std::map<std::string, at::Tensor> expected_gradients = slow.gradients();

    slow.model->zero_grad();
    slow.watched->added.clear();
    Generator masks(9);
    Pass pass{Mode::training, masks};
    const StepLosses losses = find_gradients(*slow.model, slow.batch, slow.samples, pass, {kNorm, steps});
    const std::vector<at::Tensor>& added = slow.watched->added;
    BOOST_REQUIRE(std::ssize(added) == 1 + steps);
    BOOST_TEST(!added[0].defined());
    BOOST_TEST((added.back() - expected).abs().max().item<double>() < 1e-6);
    BOOST_TEST(slow.length(added[1], 0) == kNorm / static_cast<double>(steps),
               boost::test_tools::tolerance(1e-12));
    BOOST_TEST(slow.length(added[1], 1) == kNorm / static_cast<double>(steps),
               boost::test_tools::tolerance(1e-12));
    BOOST_TEST(slow.length(added.back(), 2) == 0);
    if (steps == 2)
      BOOST_TEST(slow.length(added[2] - added[1], 0) == kNorm / 2, boost::test_tools::tolerance(1e-12));
    BOOST_TEST(losses.terms.at("entity.classify") == clean, boost::test_tools::tolerance(1e-12));
    BOOST_TEST(losses.terms.at("adversarial") == slow.loss(expected).item<double>(),
               boost::test_tools::tolerance(1e-7));
    BOOST_TEST(losses.terms.at("adversarial") > clean);
    BOOST_TEST(losses.total == clean + losses.terms.at("adversarial"), boost::test_tools::tolerance(1e-12));
    const std::map<std::string, at::Tensor> gradients = slow.gradients();
    BOOST_REQUIRE(gradients.size() == expected_gradients.size());
    for (const auto& [name, gradient] : expected_gradients)
      BOOST_TEST(at::allclose(gradients.at(name), gradient, 1e-6, 1e-7), name);
  }
}

nlohmann::json small_birnn(const nlohmann::json& more = nlohmann::json::object()) {
  nlohmann::json encoder{{"component", "birnn"},  {"word_size", 4}, {"character_size", 3},
                         {"character_states", 2}, {"size", 3},      {"least", 1}};
  encoder.update(more);
  return encoder;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(adversary_values)

BOOST_AUTO_TEST_CASE(bert_s_embeddings_move_by_epsilon_along_their_gradient) {
  const TinyBert bert(8, 6, 2, 2);
  check_moves(Slow({{"component", "bert"}, {"model", "made up"}}, bert));
}

BOOST_AUTO_TEST_CASE(birnn_s_inputs_move_by_epsilon_along_their_gradient) {
  const TinyBert bert(8, 6, 1, 2);
  check_moves(Slow(small_birnn(), bert));
  check_moves(Slow(small_birnn({{"cell", "lstm"}, {"layers", 2}}), bert));
  check_moves(Slow(small_birnn({{"model", "made up"}}), bert));
}

// Word vectors that are kept, contextual features and no characters: no gradient goes further than the
// inputs.
BOOST_AUTO_TEST_CASE(inputs_move_where_nothing_of_them_is_trained) {
  const TinyBert bert(8, 6, 1, 2);
  TemporaryFolder folder;
  const std::string vectors = (folder.path() / "vectors.txt").string();
  std::ofstream(vectors) << "ada 1 2 3\nparis -1 0.5 0.25\nmills 3 2 1\n";
  check_moves(Slow(
      small_birnn(
          {{"vectors", vectors}, {"train_vectors", false}, {"character_states", 0}, {"model", "made up"}}),
      bert));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace spanlab::test
