// SPDX-License-Identifier: MIT
// What the systems' models predict.
#include <ATen/ATen.h>

#include "evaluate/metrics.hpp"
#include "parity/spert_model.hpp"
#include "prediction_node.hpp"
#include "train/evaluation.hpp"

namespace spanlab::test {

namespace {

using nlohmann::json;

// Sentences of a fixture and how the model reads them.
struct Text {
  Text(const Model& model, const json& cases) {
    for (const json& one : cases)
      sentences.push_back({"", "", one.at("tokens"), std::vector<Annotation>(model.labels().views.size())});
    encoded = model.encode(sentences);
    for (std::size_t i = 0; i < sentences.size(); ++i) items.push_back({&sentences[i], &encoded[i]});
  }
  std::vector<Sentence> sentences;
  std::vector<EncodedSentence> encoded;
  std::vector<Item> items;
};

// Items equal without their scores, and the scores close.
void compare_list(Comparison& comparison, json got, json expected, const std::string& kind,
                  const std::string& place) {
  comparison.exact(kind + " present", got.size() == expected.size(), place);
  if (got.size() != expected.size()) return;
  for (std::size_t i = 0; i < got.size(); ++i) {
    if (expected[i].contains("score"))
      comparison.absolute("scores", got[i].at("score"), expected[i]["score"], 1e-4, place);
    got[i].erase("score");
    expected[i].erase("score");
    comparison.exact(kind, got[i] == expected[i], place);
  }
}

void compare_prediction(Comparison& comparison, const Sentence& sentence, const Prediction& prediction,
                        const Inventory& inventory, const json& expected, const std::string& place) {
  const json got = prediction_node(sentence, prediction, inventory);
  compare_list(comparison, got.at("entities"), expected.at("entities"), "predicted entities", place);
  compare_list(comparison, got.at("relations"), expected.at("relations"), "predicted relations", place);
}

void compare_logits(Comparison& comparison, const TaskDecisions& task, const json& scores,
                    const std::string& kind, const std::string& place) {
  for (const auto& [name, tensor] : task.scores.outputs) {
    const json& wanted = scores.at(kind + "_" + name);
    const at::Tensor got = tensor.contiguous();
    comparison.exact("logits present", static_cast<std::size_t>(got.size(0)) == wanted.size(), place);
    if (static_cast<std::size_t>(got.size(0)) != wanted.size()) continue;
    for (std::int64_t i = 0; i < got.numel(); ++i) {
      const json& row = wanted[static_cast<std::size_t>(i / got.size(1))];
      comparison.absolute("logits", got.const_data_ptr<float>()[i],
                          row.is_array() ? row[static_cast<std::size_t>(i % got.size(1))] : row, 1e-4, place);
    }
  }
}

void compare_evaluation(Comparison& comparison, const std::filesystem::path& folder) {
  const json evaluation = read_json(folder / "eval.json");
  const auto model = spert_model(read_json(folder / "config.json"), folder,
                                 read_tensors(folder / evaluation.at("heads").get<std::string>()).tensors);
  if (!model) return;
  const json& cases = evaluation.at("cases");
  const Text text(*model, cases);
  const std::vector<SpanTaskPredictions> predicted = predict(*model, text.items);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const std::string place = folder.filename().string() + " " + cases[i].at("name").get<std::string>();
    comparison.exact("pieces", text.encoded[i].ids == cases[i].at("ids"), place);
    compare_prediction(comparison, text.sentences[i], predicted[0].sentences[i],
                       model->labels().inventories[0], cases[i], place);
    if (!cases[i].contains("scores")) continue;
    const BatchDecisions tasks = decide(*model, make_batch({&text.items[i], 1}));
    compare_logits(comparison, *tasks[0], cases[i]["scores"], "entity", place);
    compare_logits(comparison, *tasks[1], cases[i]["scores"], "relation", place);
    std::vector<std::int64_t> rows;  // of the spans that were kept
    for (const Decision& decision : tasks[0]->decisions) rows.push_back(decision.row);
    const at::Tensor pairs = at::tensor(rows, at::kLong)
                                 .index_select(0, tasks[1]->scores.candidates.pairs.reshape({-1}))
                                 .view({-1, 2});
    comparison.equal("pairs", pairs, tensor_of(cases[i]["scores"].at("relation_pairs")), place);
  }
}

void compare_views(Comparison& comparison, const std::filesystem::path& folder) {
  const json expected = read_json(folder / "union.json");
  const auto model = spert_model(read_json(folder / "config.json"), folder,
                                 read_tensors(folder / expected.at("heads").get<std::string>()).tensors);
  if (!model) return;
  const json& cases = expected.at("cases");
  const Text text(*model, cases);
  for (const SpanTaskPredictions& of_task : predict(*model, text.items)) {
    const std::size_t view = model->tasks()[of_task.task].view;
    const std::string& name = model->labels().views[view];
    for (std::size_t i = 0; i < cases.size(); ++i) {
      const json& predictions = cases[i].contains("predictions") ? cases[i]["predictions"] : cases[i];
      compare_prediction(comparison, text.sentences[i], of_task.sentences[i],
                         model->labels().inventories[view], predictions.at(name),
                         name + " " + cases[i].at("name").get<std::string>());
    }
  }
}

// After the last step of its training.
void compare_tagged(Comparison& comparison, const std::filesystem::path& folder) {
  const auto model = run_trajectory(folder, {});
  if (!model) return;
  const json expected = read_json(folder / "predictions.json");
  const Text text(*model, expected);
  const std::vector<SpanTaskPredictions> predicted = predict(*model, text.items);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    compare_prediction(comparison, text.sentences[i], predicted[0].sentences[i],
                       model->labels().inventories[0], expected[i],
                       folder.filename().string() + " sentence " + std::to_string(i));
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(parity_spert_mt_predictions) {
  if (fixtures_folder("systems/spert_mt").empty()) return;
  Comparison comparison("spert_mt predictions");
  for (const std::filesystem::path& folder : cases("systems/spert_mt")) {
    if (std::filesystem::exists(folder / "eval.json")) compare_evaluation(comparison, folder);
  }
}

BOOST_AUTO_TEST_CASE(parity_two_views_predictions) {
  if (fixtures_folder("systems/two_views").empty()) return;
  Comparison comparison("two_views predictions");
  for (const std::filesystem::path& folder : cases("systems/two_views")) {
    if (std::filesystem::exists(folder / "union.json")) compare_views(comparison, folder);
  }
}

BOOST_AUTO_TEST_CASE(parity_task_depth_predictions) {
  if (fixtures_folder("systems/task_depth").empty()) return;
  Comparison comparison("task_depth predictions");
  for (const std::filesystem::path& folder : cases("systems/task_depth")) {
    if (std::filesystem::exists(folder / "predictions.json")) compare_tagged(comparison, folder);
  }
}

}  // namespace spanlab::test
