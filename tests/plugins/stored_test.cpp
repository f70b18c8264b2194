// SPDX-License-Identifier: MIT
// The part of every component's contract that a stored model rests on: its trained weights, with its
// vocabulary, are all that it has learned. Losses, samplers and labelers are no modules and hold nothing.
#include <ATen/ATen.h>

#include <fstream>

#include "model/model_file.hpp"
#include "plugins/random_scene.hpp"
#include "spanlab/error.hpp"
#include "tiny_bert.hpp"

namespace spanlab::test {

namespace {

const Labels kStoredLabels{{"default"}, {{{{"A", "", false}, {"B", "", true}}, {{"R", "", false}}}}};
const std::vector<Sentence> kStoredSentences{{"a", "", {"old", "Mills", "by", "the", "River"}, {{}}},
                                             {"b", "", {"millers"}, {{}}},
                                             {"c", "", {"Ada", "lives"}, {{}}}};

using Given = std::map<std::string, Value>;

// As training does: every weight that is trained moves.
void move_weights(torch::nn::Module& module) {
  const at::NoGradGuard no_gradients;
  Generator generator(77);
  for (at::Tensor& parameter : module.parameters()) {
    if (!parameter.requires_grad()) continue;
    at::Tensor change = at::empty_like(parameter);
    fill_normal(change, 0.4, generator);
    parameter.add_(change);
  }
}

void check_equal(const Outputs& a, const Outputs& b) {
  BOOST_REQUIRE(a.size() == b.size());
  for (const auto& [name, tensor] : a) BOOST_TEST(at::equal(tensor, b.at(name)), name << " differs");
}

bool same(const Outputs& a, const Outputs& b) {
  return std::ranges::all_of(a, [&](const auto& item) { return at::equal(item.second, b.at(item.first)); });
}

/// An encoder in a model of its own.
Model encoder_model(const nlohmann::json& configuration, const TinyBert& bert, std::uint64_t seed,
                    std::span<const Sentence> training, const std::string& vocabulary) {
  Generator generator(seed);
  auto encoder = build_encoder({configured(configuration), components(), kStoredLabels, bert.folder(),
                                training, vocabulary, generator});
  return Model(ModelContents{kStoredLabels, std::move(encoder), {}});
}

Outputs said_by(const Model& model) {
  const std::vector<EncodedSentence> encoded = model.encode(kStoredSentences);
  std::vector<Item> items;
  for (std::size_t i = 0; i < encoded.size(); ++i) items.push_back({&kStoredSentences[i], &encoded[i]});
  Generator generator(1);
  Pass pass{Mode::evaluation, generator};
  const at::NoGradGuard no_gradients;
  const Features features = model.encoder().forward(make_batch(items), pass);
  return {{"units", features.units}, {"sentences", features.sentences}};
}

/// A head in a model of its own, over an encoder that nobody asks.
Model head_model(const std::string& id, const Given& values, const RandomScene& scene, std::uint64_t seed) {
  Generator generator(seed);
  const std::int64_t types = std::ssize(scene.inventory.entities);
  Task task;
  task.name = "task";
  task.head = components().head(
      id, parameters(ComponentKind::head, id, values),
      {scene.features.units.size(1), scene.inventory, {{"identify", 1}, {"classify", types}}, {}, generator});
  std::vector<Task> tasks;
  tasks.push_back(std::move(task));
  Generator unused(0);
  auto encoder = components().encoder("birnn", parameters(ComponentKind::encoder, "birnn"),
                                      {{}, kStoredSentences, "", unused});
  return Model(ModelContents{{{"default"}, {scene.inventory}}, std::move(encoder), std::move(tasks)});
}

Outputs said_by(const Model& model, const RandomScene& scene) {
  Head& head = *model.tasks().front().head;
  const Candidates candidates =
      head.kind() == HeadKind::spans   ? span_candidates(scene.batch, scene.pairs.spans, {})
      : head.kind() == HeadKind::words ? word_candidates(scene.batch, {})
                                       : pair_candidates(scene.batch, scene.pairs, {});
  const std::int64_t count = std::ssize(candidates.places), types = std::ssize(scene.inventory.entities);
  const Outputs of_spans{{"identify", at::arange(count).to(at::kFloat).cos().unsqueeze(1)},
                         {"classify", at::arange(count * types).to(at::kFloat).sin().view({count, types})}};
  Generator generator(1);
  Pass pass{Mode::evaluation, generator};
  const at::NoGradGuard no_gradients;
  Outputs said = head.forward({scene.features.units.to(at::kFloat), scene.features.sentences.to(at::kFloat)},
                              candidates, of_spans, pass);
  std::vector<double> decisions;
  for (const Decision& decision : head.decode(said, candidates)) {
    decisions.insert(decisions.end(),
                     {static_cast<double>(decision.row), static_cast<double>(decision.type), decision.score});
  }
  said["decisions"] = at::tensor(decisions, at::kDouble);
  return said;
}

void check_heads(const std::string& id, const std::vector<Given>& variants) {
  const RandomScene scene(3);
  BOOST_REQUIRE(scene.pairs.pairs.size() > 1);
  for (const Given& values : variants) {
    TemporaryFolder folder;
    Model trained = head_model(id, values, scene, 1), other = head_model(id, values, scene, 2);
    move_weights(trained);
    const Outputs expected = said_by(trained, scene);
    BOOST_TEST(!same(expected, said_by(other, scene)));
    save_model(trained, Configuration(), folder.path() / "model.safetensors");
    set_parameters(other, read_tensors(folder.path() / "model.safetensors").tensors, "file");
    check_equal(expected, said_by(other, scene));
  }
}

void check_encoder(const nlohmann::json& encoder, const TinyBert& bert,
                   const std::string& precision = "float32") {
  BOOST_TEST_CONTEXT(encoder.dump() << " in " << precision) {
    TemporaryFolder folder;
    const std::filesystem::path file = folder.path() / "model.safetensors";
    const nlohmann::json configuration{{"encoder", encoder}, {"train", {{"precision", precision}}}};
    Model trained = encoder_model(configuration, bert, 1, kStoredSentences, "");
    move_weights(trained);
    for (const RoundedWeight& rounded : trained.encoder().rounded_weights())
      at::Tensor(rounded.copy).copy_(rounded.weight.detach());
    save_model(trained, configured(configuration), file);
    const Outputs expected = said_by(trained);
    Model other = encoder_model(configuration, bert, 2, {}, read_description(file, components()).vocabulary);
    if (!trained_parameters(trained).empty()) BOOST_TEST(!same(expected, said_by(other)));
    set_parameters(other, read_tensors(file).tensors, "file");
    check_equal(expected, said_by(other));
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(stored_components)

BOOST_AUTO_TEST_CASE(every_encoder_and_head_has_a_case_here) {
  BOOST_TEST(components().ids(ComponentKind::encoder) == (std::vector<std::string>{"bert", "birnn"}),
             boost::test_tools::per_element());
  BOOST_TEST(components().ids(ComponentKind::head) ==
                 (std::vector<std::string>{"crf", "pair", "span", "token_pair"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(bert_says_the_same) {
  const TinyBert bert;
  for (const char* precision : {"float32", "bf16"}) {
    for (const bool frozen : {false, true})
      check_encoder({{"component", "bert"}, {"model", "made up"}, {"frozen", frozen}}, bert, precision);
  }
}

BOOST_AUTO_TEST_CASE(birnn_says_the_same) {
  const TinyBert bert;
  TemporaryFolder folder;
  const std::string vectors = (folder.path() / "vectors.txt").string();
  std::ofstream(vectors) << "old 1 2 3\nada -1 0.5 0.25\nunseen 3 2 1\n";
  const std::vector<nlohmann::json> changes{nlohmann::json::object(),
                                            {{"cell", "lstm"}, {"layers", 2}},
                                            {{"layers", 0}},
                                            {{"character_states", 0}},
                                            {{"lower", false}, {"least", 1}},
                                            {{"vectors", vectors}, {"least", 1}},
                                            {{"vectors", vectors}, {"train_vectors", false}, {"least", 1}},
                                            {{"model", "made up"}},
                                            {{"model", "made up"}, {"cell", "lstm"}, {"least", 1}}};
  for (const nlohmann::json& change : changes) {
    nlohmann::json encoder{{"component", "birnn"},
                           {"word_size", 5},
                           {"character_size", 4},
                           {"character_states", 3},
                           {"size", 4}};
    encoder.update(change);
    check_encoder(encoder, bert);
  }
}

BOOST_AUTO_TEST_CASE(birnn_refuses_other_vectors_than_it_was_trained_with) {
  const TinyBert bert;
  TemporaryFolder folder;
  const std::string vectors = (folder.path() / "vectors.txt").string();
  const nlohmann::json configuration{
      {"encoder", {{"component", "birnn"}, {"vectors", vectors}, {"train_vectors", false}, {"size", 4}}}};
  std::ofstream(vectors) << "old 1 2 3\nada -1 0.5 0.25\n";
  const std::string vocabulary =
      encoder_model(configuration, bert, 1, kStoredSentences, "").encoder().vocabulary();
  const auto stored = [&] { return encoder_model(configuration, bert, 2, {}, vocabulary); };
  BOOST_CHECK_NO_THROW(stored());
  for (const char* changed : {"old 1 2 3\nada -1 0.5 0.75\n", "old 1 2 3\n",
                              "old 1 2 3\nada -1 0.5 0.25\nmore 1 1 1\n", "old 1 2\nada -1 0.5\n"}) {
    std::ofstream(vectors) << changed;
    BOOST_CHECK_EXCEPTION(stored(), Error, [&](const Error& error) {
      return error.kind() == ErrorKind::data &&
             std::string_view(error.what()).find(vectors) != std::string_view::npos;
    });
  }
}

BOOST_AUTO_TEST_CASE(span_says_the_same) {
  const std::vector<std::string> both{"identify", "classify"};
  check_heads("span",
              {{}, {{"outputs", both}}, {{"none_score", 0.0}}, {{"width_embedding", std::int64_t{3}}}});
}

BOOST_AUTO_TEST_CASE(pair_says_the_same_with_all_inputs) {
  const std::vector<std::string> both{"identify", "classify"}, logits{"entity_logits"};
  check_heads("pair",
              {{},
               {{"outputs", both}},
               {{"none_score", 0.0}},
               {{"inputs", logits}},
               {{"inputs", logits}, {"logits", std::string("softmax")}},
               {{"inputs", logits}, {"with_identification", true}},
               {{"inputs", logits}, {"detached", true}},
               {{"inputs", std::vector<std::string>{"entity_type"}}, {"type_embedding", std::int64_t{3}}},
               {{"inputs", std::vector<std::string>{"entity_type", "entity_logits"}}, {"outputs", both}}});
}

BOOST_AUTO_TEST_CASE(crf_says_the_same) {
  check_heads("crf",
              {{}, {{"activation", std::string("relu")}}, {{"hidden", std::int64_t{3}}, {"legal", false}}});
}

BOOST_AUTO_TEST_CASE(token_pair_says_the_same) {
  check_heads("token_pair", {{},
                             {{"activation", std::string("tanh")}},
                             {{"hidden", std::int64_t{3}}, {"tag_embedding", std::int64_t{2}}}});
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace spanlab::test
