// SPDX-License-Identifier: MIT
// The heads of task-specific depth on their own: the best path through a CRF, and pairs of last words.
#include <ATen/ATen.h>

#include "crf_nll/kernel.hpp"
#include "tasks/candidates.hpp"
#include "parity/head_parts.hpp"
#include "parity/systems.hpp"
#include "spanlab/loss.hpp"
#include "spanlab/tags.hpp"
#include "spanlab/tensors_file.hpp"

namespace spanlab::test {

namespace {

using nlohmann::json;

// As many types as there are tags or relations; names do not matter.
Inventory inventory_of(std::int64_t tags, std::int64_t relations) {
  Inventory inventory;
  for (std::int64_t i = 0; 2 * i + 1 < tags; ++i)
    inventory.entities.push_back({std::to_string(i), "", false});
  for (std::int64_t i = 0; i < relations; ++i) inventory.relations.push_back({std::to_string(i), "", false});
  return inventory;
}

std::shared_ptr<Head> head_of(const std::string& id, const std::map<std::string, Value>& values,
                              const Inventory& inventory, std::int64_t width) {
  Generator generator(1);
  return components().head(id, Parameters(components().info(ComponentKind::head, id).schema, values),
                           {.width = width,
                            .inventory = inventory,
                            .spans_outputs = {},
                            .spans_widths = {},
                            .generator = generator});
}

std::vector<std::pair<Span, std::int32_t>> decided(const Head& head, const json& line) {
  Candidates candidates;
  candidates.offsets = {0, line.at("words")};
  for (std::int32_t word = 0; word < line.at("words").get<std::int32_t>(); ++word)
    candidates.places.push_back({0, {word, word + 1}});
  std::vector<std::pair<Span, std::int32_t>> found;
  const Outputs outputs{{"emissions", tensor_of(line.at("emissions"))},
                        {"transitions", tensor_of(line.at("transitions"))},
                        {"start", tensor_of(line.at("start"))},
                        {"end", tensor_of(line.at("end"))}};
  for (const Decision& decision : head.decode(outputs, candidates))
    found.emplace_back(decision.span, decision.type);
  return found;
}

std::vector<std::pair<Span, std::int32_t>> entities_of(const std::vector<std::int64_t>& tags) {
  std::vector<std::pair<Span, std::int32_t>> all;
  for (const Entity& entity : from_tags(tags)) all.emplace_back(entity.span, entity.type);
  return all;
}

void compare_paths(Comparison& comparison, const json& line) {
  const std::string place = line.at("name");
  const json& expected = line.at("expected");
  const crf::Chain chain{tensor_of(line.at("emissions")), tensor_of(line.at("transitions")),
                         tensor_of(line.at("start")), tensor_of(line.at("end"))};
  for (const bool legal : {false, true}) {
    const crf::Steps steps = legal ? crf::Steps::legal : crf::Steps::all;
    const std::string kind = legal ? "best legal paths" : "best paths";
    const json& best = expected.at(legal ? "viterbi_legal" : "viterbi");
    const crf::Path path = crf::viterbi(chain, steps);
    comparison.exact(kind, path.tags == best.at("path").get<std::vector<std::int64_t>>(), place);
    comparison.relative(kind + ": score", path.score, best.at("score"), 1e-10, 1e-10, place);
    comparison.relative(kind + ": margin", margin_of(chain, steps, path), best.at("margin"), 1e-10, 1e-10,
                        place);
    const auto head = head_of("crf", {{"legal", legal}}, inventory_of(line.at("tags"), 0), 4);
    comparison.exact(kind + ": entities", decided(*head, line) == entities_of(best.at("path")), place);
  }
  const double partition = crf::log_partition(chain);
  comparison.relative("log partition", partition, expected.at("log_partition"), 1e-10, 1e-10, place);
  const at::Tensor gold = tensor_of(line.at("gold")).to(at::kLong);
  const std::vector<std::int64_t> offsets{0, gold.size(0)};
  const at::Tensor nll =
      crf_nll({chain.emissions, chain.transitions, chain.start, chain.end}, gold, offsets, Sequences::all);
  comparison.relative("score of the gold path", partition - nll.item<double>(), expected.at("gold_score"),
                      1e-10, 1e-10, place);
}

// The entities of the pair head's fixtures, placed so that their last words have the given tags. One word is
// put before the others, so that an inside tag finds a word to be inside of.
Candidates pair_candidates_of(const NamedTensors& given, const std::string& tags) {
  Candidates candidates;
  std::vector<std::int64_t> units, widths, types;
  const at::Tensor last = given.at("last_words");
  for (std::int64_t i = 0; i < last.size(0); ++i) {
    const std::int64_t word = last[i].item<std::int64_t>() + 1,
                       tag = given.at(tags)[last[i].item<std::int64_t>()].item<std::int64_t>();
    const std::int64_t width = tag > 0 && tag % 2 == 0 ? 2 : 1;
    candidates.places.push_back(
        {0, {static_cast<std::int32_t>(word + 1 - width), static_cast<std::int32_t>(word + 1)}});
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

// By the component `bce`, pair after pair.
at::Tensor losses_of(const at::Tensor& logits, const at::Tensor& targets, const Candidates& candidates) {
  const auto loss =
      components().loss("bce", Parameters(components().info(ComponentKind::loss, "bce").schema, {}),
                        {.kind = HeadKind::pairs, .columns = logits.size(1), .types = logits.size(1)});
  return loss->forward({logits, targets, targets, {}, candidates, {}}).values;
}

void compare_token_pair(Comparison& comparison, const json& line, const NamedTensors& given) {
  const std::string place = line.at("name");
  const Inventory inventory = inventory_of(line.at("tags"), line.at("relations"));
  const auto head = head_of("token_pair",
                            {{"tag_embedding", line.at("tag_dim").get<std::int64_t>()},
                             {"hidden", line.at("ff").get<std::int64_t>()},
                             {"activation", line.at("activation").get<std::string>()},
                             {"dropout", 0.0}},
                            inventory, line.at("states"));
  std::map<std::string, at::Tensor> weights;  // by the fixture's names
  for (const auto& [name, tensor] : given) {
    const std::string own = parameter_name(name);
    if (!own.starts_with("relation.head.")) continue;
    const at::NoGradGuard no_gradients;
    weights[name] = head->named_parameters()[own.substr(14)].copy_(tensor);
  }
  at::Tensor states = given.at("states").clone().requires_grad_(true);
  const Features features{at::cat({at::zeros({1, states.size(1)}), states}), {}};
  Generator generator(1);
  Pass pass{Mode::training, generator};
  const Candidates candidates = pair_candidates_of(given, "tags_gold");
  compare_pair_inputs(comparison, last_layer_inputs(*head, features, candidates), given.at("pairs"),
                      given.at("expected_f"), given.at("expected_cosine"), given.at("expected_distmult"),
                      place);
  const at::Tensor logits = head->forward(features, candidates, {}, pass).at("classify");
  comparison.scaled("logits", logits, given.at("expected_logits"), 1e-4, place);
  comparison.scaled("probabilities", at::sigmoid(logits), given.at("expected_probabilities"), 1e-4, place);
  const at::Tensor predicted =
      head->forward(features, pair_candidates_of(given, "tags_predicted"), {}, pass).at("classify");
  comparison.scaled("probabilities", at::sigmoid(predicted),
                    given.at("expected_probabilities_predicted_tags"), 1e-4, place);
  at::Tensor kept = at::zeros_like(given.at("expected_kept"));
  const std::vector<Decision> decisions = head->decode({{"classify", predicted}}, candidates);
  for (const Decision& decision : decisions) kept[decision.row][decision.type] = 1;
  comparison.equal("decisions", kept, given.at("expected_kept"), place);
  comparison.exact("number of decisions", decisions.size() == line.at("kept"), place);
  const at::Tensor values = losses_of(logits, given.at("targets").to(at::kFloat), candidates);
  comparison.scaled("losses, mean over pairs", values.mean().view({1}), given.at("expected_loss"), 1e-4,
                    place);
  comparison.scaled("losses, sum over pairs", values.sum().view({1}), given.at("expected_loss_sum"), 1e-4,
                    place);
  values.mean().backward();
  if (!given.contains("grad.states")) return;
  comparison.scaled("gradients", states.grad(), given.at("grad.states"), 1e-4, place + " states");
  for (const auto& [name, tensor] : weights)
    comparison.scaled("gradients", tensor.grad(), given.at("grad." + name), 1e-4, place + " " + name);
}

// One score beside a threshold.
void compare_threshold(Comparison& comparison, const json& one) {
  const auto head =
      head_of("token_pair", {{"threshold", one.at("threshold").get<double>()}}, inventory_of(3, 1), 4);
  Candidates candidates;
  candidates.places = {{0, {0, 1}}, {0, {1, 2}}};
  candidates.pairs = at::tensor({0, 1}, at::kLong).view({1, 2});
  const at::Tensor logits = at::full({1, 1}, one.at("logit").get<double>());
  comparison.exact("thresholds",
                   head->decode({{"classify", logits}}, candidates).empty() != one.at("kept").get<bool>(),
                   one.dump());
}

}  // namespace

BOOST_AUTO_TEST_CASE(parity_viterbi) {
  const std::filesystem::path file = fixtures_folder("systems/crf/cases.jsonl");
  if (file.empty()) return;
  Comparison comparison("viterbi");
  for (const json& line : read_json_lines(file)) compare_paths(comparison, line);
}

BOOST_AUTO_TEST_CASE(parity_token_pair) {
  const std::filesystem::path folder = fixtures_folder("systems/token_pair");
  if (folder.empty()) return;
  Comparison comparison("token_pair");
  const json cases = read_json(folder / "cases.json");
  for (const json& line : cases.at("cases")) {
    compare_token_pair(comparison, line,
                       read_tensors(folder / (line.at("name").get<std::string>() + ".safetensors")).tensors);
  }
  for (const json& one : cases.at("kept_at")) compare_threshold(comparison, one);
}

}  // namespace spanlab::test
