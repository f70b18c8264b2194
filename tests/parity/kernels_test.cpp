// SPDX-License-Identifier: MIT
// Spans, recurrent layers, words and characters: what the systems' models are made of.
#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>

#include "parity/systems.hpp"
#include "spanlab/encoder.hpp"
#include "spanlab/span_ops.hpp"
#include "spanlab/tensors_file.hpp"
#include "spanlab/tower.hpp"
#include "spanlab/word_shape.hpp"

namespace spanlab::test {

namespace {

// Within `tolerance` of the largest value.
void close(Comparison& comparison, const std::string& kind, const at::Tensor& got, const at::Tensor& expected, double tolerance, const std::string& place) {
  BOOST_REQUIRE_MESSAGE(got.sizes() == expected.sizes(), kind << " of " << place);
  if (expected.numel() == 0) return;
  const at::Tensor wanted = expected.to(at::kDouble);
  const double largest = std::max(1e-30, wanted.abs().max().item<double>());
  comparison.absolute(kind, (got.detach().to(at::kDouble) - wanted).abs().max().item<double>() / largest, 0, tolerance, place);
}

void exact(Comparison& comparison, const std::string& kind, const at::Tensor& got, const at::Tensor& expected, const std::string& place) {
  BOOST_REQUIRE_MESSAGE(got.sizes() == expected.sizes(), kind << " of " << place);
  comparison.exact(kind, at::equal(got, expected), place);
}

at::Tensor gradient(const at::Tensor& value, const at::Tensor& upstream, const at::Tensor& input) {
  return torch::autograd::grad({(value * upstream).sum()}, {input})[0];
}

std::string name_of(const std::filesystem::path& file) { return file.stem().string(); }

// [M,2]: from the first end to the last start, or an empty range.
at::Tensor gaps(const at::Tensor& spans, const at::Tensor& pairs) {
  const at::Tensor first = spans.index_select(0, pairs.select(1, 0)), second = spans.index_select(0, pairs.select(1, 1));
  const at::Tensor begin = at::minimum(first.select(1, 1), second.select(1, 1)), end = at::maximum(first.select(1, 0), second.select(1, 0));
  return at::stack({begin, at::maximum(begin, end)}, 1);
}

void compare_spans(Comparison& comparison, const NamedTensors& given, const std::string& place) {
  const at::Tensor hidden = given.at("hidden").clone().requires_grad_(true);
  const auto maxima = [&](const std::string& name, const at::Tensor& ranges, const std::string& gradient_name) {
    const at::Tensor got = max_over_rows(hidden, ranges);
    exact(comparison, "maxima", got.detach(), given.at(name + "_max"), place + " " + name);
    close(comparison, "gradients of maxima", gradient(got, given.at("upstream_" + gradient_name), hidden), given.at("grad_" + gradient_name), 1e-4, place + " " + name);
  };
  maxima("span", given.at("spans"), "span");
  maxima("between", gaps(given.at("spans"), given.at("pairs")), "between");
  maxima("enumerated", given.at("enumerated"), "enumerated");
}

// 10,000 pairs: some rows, the sums of the columns and the norm stand for all.
void compare_many_pairs(Comparison& comparison, const NamedTensors& given, const std::string& place) {
  const at::Tensor hidden = given.at("hidden").clone().requires_grad_(true);
  const at::Tensor got = max_over_rows(hidden, gaps(given.at("spans"), given.at("pairs")));
  exact(comparison, "maxima", got.detach().index_select(0, given.at("rows")), given.at("between_rows"), place);
  close(comparison, "sums of maxima", got.to(at::kDouble).sum(0), given.at("expected_column_sums"), 1e-6, place);
  close(comparison, "norm of maxima", got.to(at::kDouble).norm().view({1}), given.at("expected_norm"), 1e-6, place);
  const at::Tensor m = at::arange(got.size(0)).unsqueeze(1), j = at::arange(got.size(1));
  const at::Tensor upstream = ((31 * m + 17 * j).remainder(64) - 32).to(at::kFloat) / 64;
  close(comparison, "gradients of maxima", gradient(got, upstream, hidden), given.at("grad_between"), 1e-4, place);
}

std::vector<std::int64_t> offsets_of(const NamedTensors& given) {
  const at::Tensor offsets = given.at("offsets");
  return {offsets.const_data_ptr<std::int64_t>(), offsets.const_data_ptr<std::int64_t>() + offsets.numel()};
}

void fill(torch::nn::Module& module, const NamedTensors& given, const std::string& prefix) {
  const at::NoGradGuard no_gradients;
  for (auto& parameter : module.named_parameters()) parameter.value().copy_(given.at(prefix + parameter.key()));
}

void compare_gradients(Comparison& comparison, const torch::nn::Module& module, const NamedTensors& given, const std::string& prefix, const std::string& place) {
  for (const auto& parameter : module.named_parameters()) {
    at::Tensor got = parameter.value().grad();
    if (got.is_sparse()) got = got.to_dense();
    close(comparison, "gradients", got, given.at("grad." + prefix + parameter.key()), 1e-4, place + " " + parameter.key());
  }
}

void compare_layers(Comparison& comparison, const nlohmann::json& line, const NamedTensors& given, Pass& pass) {
  Tower tower({cell_named(line.at("type")), line.at("layers"), line.at("input"), line.at("hidden"), 0}, pass.generator);
  fill(tower, given, "");
  const at::Tensor input = given.at("input").clone().requires_grad_(true);
  const TowerOutput output = tower.forward(input, offsets_of(given), pass);
  const std::string place = line.at("name");
  close(comparison, "states", output.units, given.at("expected_output"), 1e-4, place);
  close(comparison, "final states", output.finals, given.at("expected_final"), 1e-4, place);
  ((output.units * given.at("upstream_output")).sum() + (output.finals * given.at("upstream_final")).sum()).backward();
  close(comparison, "gradients", input.grad(), given.at("grad.input"), 1e-4, place + " input");
  compare_gradients(comparison, tower, given, "", place);
}

void compare_characters(Comparison& comparison, const nlohmann::json& line, const NamedTensors& given, Pass& pass) {
  const at::Tensor table = given.at("char.weight").clone().requires_grad_(true);
  Tower tower({cell_named(line.at("type")), 1, line.at("char_dim"), line.at("hidden"), 0}, pass.generator);
  fill(tower, given, "char_rnn.");
  const TowerOutput output = tower.forward(at::embedding(table, given.at("char_ids")), offsets_of(given), pass);
  close(comparison, "final states", output.finals, given.at("expected_final"), 1e-4, line.at("name"));
  (output.finals * given.at("upstream_final")).sum().backward();
  close(comparison, "gradients", table.grad(), given.at("grad.char.weight"), 1e-4, line.at("name"));
  compare_gradients(comparison, tower, given, "char_rnn.", line.at("name"));
}

std::shared_ptr<Encoder> encoder_of(const nlohmann::json& config, const std::string& vocabulary, Generator& generator) {
  const Schema& schema = components().info(ComponentKind::encoder, "birnn").schema;
  const Parameters parameters(schema, {{"character_size", config.at("char_dim").get<std::int64_t>()}, {"character_states", config.at("char_hidden").get<std::int64_t>()},
                                       {"cell", config.at("rnn").get<std::string>()}, {"layers", config.at("layers").at("shared").get<std::int64_t>()},
                                       {"size", config.at("rnn_hidden").get<std::int64_t>()}, {"dropout", 0.0}});
  return components().encoder("birnn", parameters, {.model_folder = {}, .training = {}, .vocabulary = vocabulary, .generator = generator});
}

// Characters' numbers of each word, one list after the other, from the encoder's own channels.
std::vector<std::vector<std::int64_t>> characters_of(const EncodedSentence& encoded) {
  std::vector<std::vector<std::int64_t>> words;
  auto next = encoded.channels[0].begin();
  for (std::int64_t length : encoded.channels[1]) {
    words.emplace_back(next, next + length);
    next += length;
  }
  return words;
}

void compare_encoder(Comparison& comparison, const nlohmann::json& line, const NamedTensors& given, Pass& pass) {
  const std::string place = line.at("name");
  const auto encoder = encoder_of(line.at("config"), vocabulary_text(line, line.at("config").at("word_dim")), pass.generator);
  fill(*encoder, given, "");
  std::vector<Sentence> sentences;
  for (const nlohmann::json& sentence : line.at("sentences")) sentences.push_back({"", "", sentence.at("tokens"), {}});
  std::vector<EncodedSentence> encoded;
  std::vector<Item> items;
  for (const Sentence& sentence : sentences) encoded.push_back(encoder->encode(sentence));
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    items.push_back({&sentences[i], &encoded[i]});
    comparison.exact("word numbers", encoded[i].ids == line["sentences"][i].at("word_ids"), place);
    comparison.exact("character numbers", characters_of(encoded[i]) == line["sentences"][i].at("char_ids"), place);
    comparison.exact("casing", encoded[i].channels[2] == line["sentences"][i].at("casing"), place);
  }
  const Features features = encoder->forward(make_batch(items), pass);
  const bool bare = encoder->width() == given.at("expected_input").size(1);
  if (bare) close(comparison, "inputs", features.units, given.at("expected_input"), 1e-4, place);
  close(comparison, "states", features.units, given.at("expected_output"), 1e-4, place);
  (features.units * given.at("upstream_output")).sum().backward();
  compare_gradients(comparison, *encoder, given, "", place);
}

}  // namespace

BOOST_AUTO_TEST_CASE(parity_spans) {
  if (fixtures_folder().empty()) return;
  Comparison comparison("spans");
  for (const std::filesystem::path& file : cases("systems/spans")) {
    if (file.extension() != ".safetensors") continue;
    const NamedTensors given = read_tensors(file).tensors;
    given.contains("between_rows") ? compare_many_pairs(comparison, given, name_of(file)) : compare_spans(comparison, given, name_of(file));
  }
}

BOOST_AUTO_TEST_CASE(parity_recurrent_encoder) {
  if (fixtures_folder().empty()) return;
  Comparison comparison("birnn");
  const std::filesystem::path folder = fixtures_folder() / "systems/birnn";
  if (!std::filesystem::exists(folder)) return comparison.exact("absent", true, "birnn");
  Generator generator(1);
  Pass pass{Mode::training, generator};
  for (const nlohmann::json& line : read_json_lines(folder / "cases.jsonl")) {
    const NamedTensors given = read_tensors(folder / (line.at("name").get<std::string>() + ".safetensors")).tensors;
    const std::string what = line.at("what");
    if (what == "layers") compare_layers(comparison, line, given, pass);
    else if (what == "chars") compare_characters(comparison, line, given, pass);
    else compare_encoder(comparison, line, given, pass);
  }
}

BOOST_AUTO_TEST_CASE(parity_words) {
  if (fixtures_folder().empty()) return;
  Comparison comparison("words");
  const std::filesystem::path folder = fixtures_folder() / "systems/words";
  if (!std::filesystem::exists(folder)) return comparison.exact("absent", true, "words");
  for (const nlohmann::json& line : read_json_lines(folder / "casing.jsonl")) {
    const std::string word = line.at("word");
    const std::int64_t expected = line.at("class"), by_category = line.value("class_by_category", expected);
    const std::int64_t got = casing_class(word), half = casing_class(word, MostlyDigits::from_half);
    comparison.exact("casing", got == expected || got == by_category, word);
    comparison.exact("casing from half the digits", half == line.value("class_half", expected) || half == by_category, word);
  }
  Generator generator(1);
  const nlohmann::json config{{"char_dim", 2}, {"char_hidden", 2}, {"rnn", "gru"}, {"layers", {{"shared", 0}}}, {"rnn_hidden", 2}};
  const auto encoder = encoder_of(config, vocabulary_text(read_json(folder / "tables.json"), 2), generator);
  for (const nlohmann::json& line : read_json_lines(folder / "lookup.jsonl")) {
    const EncodedSentence encoded = encoder->encode({"", "", {line.at("word")}, {}});
    comparison.exact("word numbers", encoded.ids.front() == line.at("word_id"), line.at("word"));
    comparison.exact("character numbers", encoded.channels[0] == line.at("char_ids"), line.at("word"));
  }
}

}  // namespace spanlab::test
