// SPDX-License-Identifier: MIT
// Recurrent layers, words and characters: what the models of task-specific depth are made of.
#include <ATen/ATen.h>

#include "parity/systems.hpp"
#include "spanlab/encoder.hpp"
#include "spanlab/tensors_file.hpp"
#include "spanlab/tower.hpp"
#include "spanlab/word_shape.hpp"

namespace spanlab::test {

namespace {

std::vector<std::int64_t> offsets_of(const NamedTensors& given) {
  const at::Tensor offsets = given.at("offsets");
  return {offsets.const_data_ptr<std::int64_t>(), offsets.const_data_ptr<std::int64_t>() + offsets.numel()};
}

void fill(torch::nn::Module& module, const NamedTensors& given, const std::string& prefix) {
  const at::NoGradGuard no_gradients;
  for (auto& parameter : module.named_parameters())
    parameter.value().copy_(given.at(prefix + parameter.key()));
}

void compare_gradients(Comparison& comparison, const torch::nn::Module& module, const NamedTensors& given,
                       const std::string& prefix, const std::string& place) {
  for (const auto& parameter : module.named_parameters()) {
    at::Tensor got = parameter.value().grad();
    if (got.is_sparse()) got = got.to_dense();
    comparison.scaled("gradients", got, given.at("grad." + prefix + parameter.key()), 1e-4,
                      place + " " + parameter.key());
  }
}

void compare_layers(Comparison& comparison, const nlohmann::json& line, const NamedTensors& given,
                    Pass& pass) {
  Tower tower({cell_named(line.at("type")), line.at("layers"), line.at("input"), line.at("hidden"), 0},
              pass.generator);
  fill(tower, given, "");
  const at::Tensor input = given.at("input").clone().requires_grad_(true);
  const TowerOutput output = tower.forward(input, offsets_of(given), pass);
  const std::string place = line.at("name");
  comparison.scaled("states", output.units, given.at("expected_output"), 1e-4, place);
  comparison.scaled("final states", output.finals, given.at("expected_final"), 1e-4, place);
  const at::Tensor scalar =
      (output.units * given.at("upstream_output")).sum() + (output.finals * given.at("upstream_final")).sum();
  comparison.relative("scalars", scalar.item<double>(), given.at("expected_scalar").item<double>(), 1e-4,
                      1e-4, place);
  scalar.backward();
  comparison.scaled("gradients", input.grad(), given.at("grad.input"), 1e-4, place + " input");
  compare_gradients(comparison, tower, given, "", place);
}

// An encoder that looks words and characters up, and little else.
const nlohmann::json kSmallest{
    {"char_dim", 2}, {"char_hidden", 2}, {"rnn", "gru"}, {"layers", {{"shared", 0}}}, {"rnn_hidden", 2}};

std::shared_ptr<Encoder> encoder_of(const nlohmann::json& config, const std::string& vocabulary,
                                    Generator& generator) {
  const Schema& schema = components().info(ComponentKind::encoder, "birnn").schema;
  const Parameters parameters(schema, {{"character_size", config.at("char_dim").get<std::int64_t>()},
                                       {"character_states", config.at("char_hidden").get<std::int64_t>()},
                                       {"cell", config.at("rnn").get<std::string>()},
                                       {"layers", config.at("layers").at("shared").get<std::int64_t>()},
                                       {"size", config.at("rnn_hidden").get<std::int64_t>()},
                                       {"dropout", 0.0}});
  return components().encoder(
      "birnn", parameters, {.model = {}, .training = {}, .vocabulary = vocabulary, .generator = generator});
}

void compare_characters(Comparison& comparison, const nlohmann::json& line, const NamedTensors& given,
                        Pass& pass) {
  const at::Tensor table = given.at("char.weight").clone().requires_grad_(true);
  Tower tower({cell_named(line.at("type")), 1, line.at("char_dim"), line.at("hidden"), 0}, pass.generator);
  fill(tower, given, "char_rnn.");
  const TowerOutput output =
      tower.forward(at::embedding(table, given.at("char_ids")), offsets_of(given), pass);
  comparison.scaled("final states", output.finals, given.at("expected_final"), 1e-4, line.at("name"));
  (output.finals * given.at("upstream_final")).sum().backward();
  comparison.scaled("gradients", table.grad(), given.at("grad.char.weight"), 1e-4, line.at("name"));
  const nlohmann::json tables{{"words", {"<unk>"}}, {"chars", line.at("chars")}};
  const EncodedSentence words = encoder_of(kSmallest, vocabulary_text(tables, 2), pass.generator)
                                    ->encode({"", "", line.at("words"), {}});
  comparison.equal("character numbers", at::tensor(words.channels[0], at::kLong), given.at("char_ids"),
                   line.at("name"));
  compare_gradients(comparison, tower, given, "char_rnn.", line.at("name"));
}

void compare_encoder(Comparison& comparison, const nlohmann::json& line, const NamedTensors& given,
                     Pass& pass) {
  const std::string place = line.at("name");
  const auto encoder =
      encoder_of(line.at("config"), vocabulary_text(line, line.at("config").at("word_dim")), pass.generator);
  fill(*encoder, given, "");
  std::vector<Sentence> sentences;
  for (const nlohmann::json& sentence : line.at("sentences"))
    sentences.push_back({"", "", sentence.at("tokens"), {}});
  std::vector<EncodedSentence> encoded;
  std::vector<Item> items;
  for (const Sentence& sentence : sentences) encoded.push_back(encoder->encode(sentence));
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    items.push_back({&sentences[i], &encoded[i]});
    comparison.exact("word numbers", encoded[i].ids == line["sentences"][i].at("word_ids"), place);
    comparison.exact("character numbers", characters_of(encoded[i]) == line["sentences"][i].at("char_ids"),
                     place);
    comparison.exact("casing", encoded[i].channels[2] == line["sentences"][i].at("casing"), place);
  }
  const Features features = encoder->forward(make_batch(items), pass);
  nlohmann::json bare_config = line.at("config");
  bare_config["layers"]["shared"] = 0;  // then the encoder gives what its first layer reads
  const auto bare =
      encoder_of(bare_config, vocabulary_text(line, line.at("config").at("word_dim")), pass.generator);
  fill(*bare, given, "");
  comparison.scaled("inputs", bare->forward(make_batch(items), pass).units, given.at("expected_input"), 1e-4,
                    place);
  comparison.scaled("states", features.units, given.at("expected_output"), 1e-4, place);
  (features.units * given.at("upstream_output")).sum().backward();
  compare_gradients(comparison, *encoder, given, "", place);
}

}  // namespace

BOOST_AUTO_TEST_CASE(parity_recurrent_encoder) {
  const std::filesystem::path folder = fixtures_folder("systems/birnn");
  if (folder.empty()) return;
  Comparison comparison("birnn");
  Generator generator(1);
  Pass pass{Mode::training, generator};
  for (const nlohmann::json& line : read_json_lines(folder / "cases.jsonl")) {
    const NamedTensors given =
        read_tensors(folder / (line.at("name").get<std::string>() + ".safetensors")).tensors;
    const std::string what = line.at("what");
    if (what == "layers")
      compare_layers(comparison, line, given, pass);
    else if (what == "chars")
      compare_characters(comparison, line, given, pass);
    else
      compare_encoder(comparison, line, given, pass);
  }
}

BOOST_AUTO_TEST_CASE(parity_words) {
  const std::filesystem::path folder = fixtures_folder("systems/words");
  if (folder.empty()) return;
  Comparison comparison("words");
  for (const nlohmann::json& line : read_json_lines(folder / "casing.jsonl")) {
    const std::string word = line.at("word");
    const std::int64_t expected = line.at("class"), by_category = line.value("class_by_category", expected);
    const std::int64_t got = casing_class(word), half = casing_class(word, MostlyDigits::from_half);
    comparison.exact("casing", got == expected || got == by_category, word);
    comparison.exact("casing from half the digits",
                     half == line.value("class_half", expected) || half == by_category, word);
  }
  Generator generator(1);
  const nlohmann::json tables = read_json(folder / "tables.json");
  const auto encoder = encoder_of(kSmallest, vocabulary_text(tables, 2), generator);
  for (const nlohmann::json& line : read_json_lines(folder / "lookup.jsonl")) {
    const EncodedSentence encoded = encoder->encode({"", "", {line.at("word")}, {}});
    const std::int64_t id = encoded.ids.front();
    const bool itself = tables.at("words")[static_cast<std::size_t>(id)] == line.at("word");
    comparison.exact("word numbers", id == line.at("word_id"), line.at("word"));
    comparison.exact("how words are found",
                     line.at("found") == "unknown" ? id == 0 : itself == (line.at("found") == "exact"),
                     line.at("word"));
    comparison.exact("character numbers", encoded.channels[0] == line.at("char_ids"), line.at("word"));
  }
}

}  // namespace spanlab::test
