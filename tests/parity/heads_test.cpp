// SPDX-License-Identifier: MIT
// The heads of task-specific depth on their own: tags and their Viterbi, pairs of last words, and how many parameters there are.
#include <ATen/ATen.h>

#include "model/batch.hpp"
#include "parity/systems.hpp"
#include "spanlab/head.hpp"
#include "spanlab/tags.hpp"
#include "spanlab/tensors_file.hpp"

namespace spanlab::test {

namespace {

using nlohmann::json;

// As many types as there are tags or relations; names do not matter.
Inventory inventory_of(std::int64_t tags, std::int64_t relations) {
  Inventory inventory;
  for (std::int64_t i = 0; 2 * i + 1 < tags; ++i) inventory.entities.push_back({std::to_string(i), "", false});
  for (std::int64_t i = 0; i < relations; ++i) inventory.relations.push_back({std::to_string(i), "", false});
  return inventory;
}

std::shared_ptr<Head> head_of(const std::string& id, const std::map<std::string, Value>& values, const Inventory& inventory, std::int64_t width) {
  Generator generator(1);
  return components().head(id, Parameters(components().info(ComponentKind::head, id).schema, values),
                           {.width = width, .inventory = inventory, .spans_outputs = {}, .spans_widths = {}, .generator = generator});
}

std::vector<std::pair<Span, std::int32_t>> decided(const Head& head, const json& line) {
  Candidates candidates;
  candidates.offsets = {0, line.at("words")};
  std::vector<std::pair<Span, std::int32_t>> found;
  const Outputs outputs{{"emissions", tensor_of(line.at("emissions"))}, {"transitions", tensor_of(line.at("transitions"))},
                        {"start", tensor_of(line.at("start"))}, {"end", tensor_of(line.at("end"))}};
  for (const Decision& decision : head.decode(outputs, candidates)) found.emplace_back(decision.span, decision.type);
  return found;
}

std::vector<std::pair<Span, std::int32_t>> entities_of(const std::vector<std::int64_t>& tags) {
  std::vector<std::pair<Span, std::int32_t>> all;
  for (const Entity& entity : from_tags(tags)) all.emplace_back(entity.span, entity.type);
  return all;
}

std::vector<std::int64_t> tag_numbers(const json& tags) {
  std::vector<std::int64_t> numbers;
  for (const std::string tag : tags) numbers.push_back(tag == "O" ? 0 : (tag.back() - 'A') * 2 + (tag.front() == 'B' ? 1 : 2));
  return numbers;
}

// The entities of the pair head's fixtures, placed so that their last words have the given tags. One word is put before the
// others, so that an inside tag finds a word to be inside of.
Candidates pair_candidates_of(const NamedTensors& given, const std::string& tags) {
  Candidates candidates;
  std::vector<std::int64_t> units, widths, types;
  const at::Tensor last = given.at("last_words");
  for (std::int64_t i = 0; i < last.size(0); ++i) {
    const std::int64_t word = last[i].item<std::int64_t>() + 1, tag = given.at(tags)[last[i].item<std::int64_t>()].item<std::int64_t>();
    const std::int64_t width = tag > 0 && tag % 2 == 0 ? 2 : 1;
    candidates.places.push_back({0, {static_cast<std::int32_t>(word + 1 - width), static_cast<std::int32_t>(word + 1)}});
    units.insert(units.end(), {word + 1 - width, word + 1});
    widths.push_back(width);
    types.push_back(tag == 0 ? -1 : (tag - 1) / 2);
  }
  candidates.units = at::tensor(units, at::kLong).view({-1, 2});
  candidates.widths = at::tensor(widths, at::kLong);
  candidates.types = at::tensor(types, at::kLong);
  candidates.pairs = given.at("pairs");
  return candidates;
}

void close(Comparison& comparison, const std::string& kind, const at::Tensor& got, const at::Tensor& expected, const std::string& place) {
  BOOST_REQUIRE_MESSAGE(got.sizes() == expected.sizes(), kind << " of " << place);
  const double largest = std::max(1e-30, expected.abs().max().item<double>());
  comparison.absolute(kind, (got.detach().to(at::kDouble) - expected).abs().max().item<double>() / largest, 0, 1e-4, place);
}

void compare_token_pair(Comparison& comparison, const json& line, const NamedTensors& given) {
  const std::string place = line.at("name");
  const Inventory inventory = inventory_of(line.at("tags"), line.at("relations"));
  const auto head = head_of("token_pair", {{"tag_embedding", line.at("tag_dim").get<std::int64_t>()}, {"hidden", line.at("ff").get<std::int64_t>()},
                                           {"activation", line.at("activation").get<std::string>()}, {"dropout", 0.0}}, inventory, line.at("states"));
  {
    const at::NoGradGuard no_gradients;
    for (const auto& [name, tensor] : given) {
      const std::string own = parameter_name(name);
      if (own.starts_with("relation.head.")) head->named_parameters()[own.substr(14)].copy_(tensor);
    }
  }
  at::Tensor states = given.at("states").clone().requires_grad_(true);
  const Features features{at::cat({at::zeros({1, states.size(1)}), states}), {}};
  Generator generator(1);
  Pass pass{Mode::training, generator};
  const Candidates candidates = pair_candidates_of(given, "tags_gold");
  const at::Tensor logits = head->forward(features, candidates, {}, pass).at("classify");
  close(comparison, "logits", logits, given.at("expected_logits"), place);
  const at::Tensor predicted = head->forward(features, pair_candidates_of(given, "tags_predicted"), {}, pass).at("classify");
  close(comparison, "probabilities", at::sigmoid(predicted), given.at("expected_probabilities_predicted_tags"), place);
  at::Tensor kept = at::zeros_like(given.at("expected_kept"));
  for (const Decision& decision : head->decode({{"classify", predicted}}, candidates)) kept[decision.row][decision.type] = 1;
  comparison.exact("decisions", at::equal(kept, given.at("expected_kept")), place);
  const at::Tensor loss = at::binary_cross_entropy_with_logits(logits, given.at("targets").to(at::kFloat));
  close(comparison, "losses", loss.view({1}), given.at("expected_loss"), place);
  loss.backward();
  if (!given.contains("grad.states")) return;
  close(comparison, "gradients", states.grad(), given.at("grad.states"), place + " states");
  for (const auto& [name, tensor] : given) {
    const std::string own = parameter_name(name);
    if (own.starts_with("relation.head.")) close(comparison, "gradients", head->named_parameters()[own.substr(14)].grad(), given.at("grad." + name), place + " " + name);
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(parity_viterbi) {
  if (fixtures_folder().empty()) return;
  Comparison comparison("viterbi");
  const std::filesystem::path folder = fixtures_folder() / "systems/crf";
  if (!std::filesystem::exists(folder)) return comparison.exact("absent", true, "crf");
  for (const json& line : read_json_lines(folder / "cases.jsonl")) {
    const Inventory inventory = inventory_of(line.at("tags"), 0);
    for (const bool legal : {false, true}) {
      const auto head = head_of("crf", {{"legal", legal}}, inventory, 4);
      const json& path = line.at("expected").at(legal ? "viterbi_legal" : "viterbi").at("path");
      comparison.exact(legal ? "best legal paths" : "best paths", decided(*head, line) == entities_of(path), line.at("name"));
    }
  }
}

BOOST_AUTO_TEST_CASE(parity_tags) {
  if (fixtures_folder().empty()) return;
  Comparison comparison("tags");
  const std::filesystem::path folder = fixtures_folder() / "systems/crf";
  if (!std::filesystem::exists(folder)) return comparison.exact("absent", true, "crf");
  for (const json& line : read_json_lines(folder / "bio.jsonl")) {
    std::vector<std::string> names;
    Annotation annotation;
    for (const json& entity : line.at("entities")) {
      const std::string name = entity.at("type");
      if (std::ranges::find(names, name) == names.end()) names.push_back(name);
      const auto type = static_cast<std::int32_t>(std::ranges::find(names, name) - names.begin());
      annotation.entities.push_back({{entity.at("start"), entity.at("end")}, type});
    }
    std::vector<std::string> tags;
    for (const std::int64_t tag : to_tags(annotation, std::ssize(line.at("tokens")))) {
      tags.push_back(tag == 0 ? "O" : (tag % 2 == 1 ? "B-" : "I-") + names[static_cast<std::size_t>((tag - 1) / 2)]);
    }
    const std::string place = line.at("dataset").get<std::string>() + " " + (line.contains("index") ? line.at("index") : line.at("tokens")).dump();
    comparison.exact("tags", tags == line.at("tags"), place);
    comparison.exact("kept entities", taggable(annotation) == line.at("kept"), place);
  }
  for (const json& line : read_json_lines(folder / "decode.jsonl")) {
    json spans = json::array();
    for (const Entity& entity : from_tags(tag_numbers(line.at("tags")))) {
      spans.push_back({{"start", entity.span.begin}, {"end", entity.span.end}, {"type", std::string(1, static_cast<char>('A' + entity.type))}});
    }
    comparison.exact("decoded", spans == line.at("spans"), line.dump());
  }
}

BOOST_AUTO_TEST_CASE(parity_token_pair) {
  if (fixtures_folder().empty()) return;
  Comparison comparison("token_pair");
  const std::filesystem::path folder = fixtures_folder() / "systems/token_pair";
  if (!std::filesystem::exists(folder)) return comparison.exact("absent", true, "token_pair");
  const json cases = read_json(folder / "cases.json");
  for (const json& line : cases.at("cases")) {
    compare_token_pair(comparison, line, read_tensors(folder / (line.at("name").get<std::string>() + ".safetensors")).tensors);
  }
}

}  // namespace spanlab::test
