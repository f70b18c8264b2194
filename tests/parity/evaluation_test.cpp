// SPDX-License-Identifier: MIT
#include <ATen/ATen.h>

#include "evaluate/metrics.hpp"
#include "parity/spert_model.hpp"
#include "prediction_node.hpp"
#include "records/score_json.hpp"
#include "train/evaluation.hpp"

namespace spanlab::test {

namespace {

/// How close to be: given heads, or a model that was trained first.
struct Tolerance {
  double logits;
  double scores;
};

std::shared_ptr<Model> evaluated_model(const std::filesystem::path& folder, const nlohmann::json& config) {
  static const std::string after = " after the last step";
  const std::string encoder = config.at("encoder");
  if (!encoder.ends_with(after))
    return spert_model(config, folder, read_tensors(folder / config.at("heads").get<std::string>()).tensors);
  return run_trajectory(std::filesystem::canonical(folder / encoder.substr(0, encoder.size() - after.size())),
                        {});
}

// The first sentences alone, as the logits of the fixture are.
void compare_logits(Comparison& comparison, Model& model, std::span<const Item> items,
                    const std::filesystem::path& folder, const Tolerance& tolerance) {
  const NamedTensors expected = read_tensors(folder / "logits.safetensors").tensors;
  auto compare = [&](const char* what, const at::Tensor& got, const at::Tensor& wanted, double allowed,
                     const std::string& place) {
    BOOST_REQUIRE_MESSAGE(got.sizes() == wanted.sizes(), "shape of " << what << " of " << place);
    const at::Tensor a = got.contiguous(), b = wanted.contiguous();
    for (std::int64_t i = 0; i < a.numel(); ++i)
      comparison.absolute(what, a.const_data_ptr<float>()[i], b.const_data_ptr<float>()[i], allowed, place);
  };
  for (std::size_t k = 0; k < 3; ++k) {
    const std::string number = std::to_string(k);
    const std::string place = folder.filename().string() + " sentence " + number;
    const Batch batch = make_batch(items.subspan(k, 1));
    const BatchDecisions tasks = decide(model, batch);
    const Scored& spans = tasks[0]->scores;
    std::vector<std::int64_t> words;
    for (const PlacedSpan& span : spans.candidates.places)
      words.insert(words.end(), {span.span.begin, span.span.end});
    comparison.exact("candidate spans",
                     at::equal(at::tensor(words).view({-1, 2}), expected.at("entity_spans_" + number)),
                     place);
    compare("entity logits", spans.outputs.at("classify"), expected.at("entity_logits_" + number),
            tolerance.logits, place);
    const auto probabilities = expected.find("rel_probs_" + number);
    const Scored& pairs = tasks[1]->scores;
    comparison.exact("pairs present", (probabilities != expected.end()) == (pairs.candidates.size() > 0),
                     place);
    if (probabilities == expected.end() || pairs.candidates.size() == 0) continue;
    std::vector<std::int64_t> rows;
    for (const Decision& decision : tasks[0]->decisions) rows.push_back(decision.row);
    const at::Tensor as_rows =
        at::tensor(rows).index_select(0, pairs.candidates.pairs.reshape({-1})).view({-1, 2});
    comparison.exact("candidate pairs", at::equal(as_rows, expected.at("rel_pairs_" + number)), place);
    compare("relation probabilities", at::sigmoid(pairs.outputs.at("classify")), probabilities->second,
            tolerance.scores, place);
  }
}

// `list` without its scores, which are compared one by one.
nlohmann::json without_scores(nlohmann::json list, std::vector<double>& scores) {
  for (nlohmann::json& item : list) {
    scores.push_back(item.at("score"));
    item.erase("score");
  }
  return list;
}

void compare_predictions(Comparison& comparison, const nlohmann::json& got, const nlohmann::json& expected,
                         const nlohmann::json& scored, const Tolerance& tolerance, const std::string& place) {
  for (const char* kind : {"entities", "relations"}) {
    std::vector<double> scores, wanted;
    const nlohmann::json items = without_scores(got.at(kind), scores);
    const nlohmann::json others = without_scores(scored.at(kind), wanted);
    comparison.exact(std::string("predicted ") + kind, items == expected.at(kind) && items == others, place);
    if (scores.size() != wanted.size()) continue;
    for (std::size_t i = 0; i < scores.size(); ++i)
      comparison.absolute("scores", scores[i], wanted[i], tolerance.scores, place);
  }
}

void compare_metrics(Comparison& comparison, const nlohmann::json& got, const nlohmann::json& expected,
                     const std::string& place) {
  const nlohmann::json pairs[] = {{got.at("entity"), expected.at("ner")},
                                  {got.at("relation").at("boundary"), expected.at("rel")},
                                  {got.at("relation").at("strict"), expected.at("rel_nec")}};
  for (const nlohmann::json& pair : pairs) {
    const nlohmann::json a = pair[0].flatten(), b = pair[1].flatten();
    comparison.exact("metrics present", a.size() == b.size(), place);
    for (const auto& [path, value] : b.items())
      comparison.absolute("metrics", a.value(path, -1.0), value, 1e-9, place + " " + path);
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(parity_evaluation) {
  if (fixtures_folder("eval").empty()) return;
  Comparison comparison("evaluation");
  for (const std::filesystem::path& folder : cases("eval")) {
    const nlohmann::json config = read_json(folder / "config.json");
    const auto model = evaluated_model(folder, config);
    if (!model) continue;
    const Tolerance tolerance = config.at("heads").is_null() ? Tolerance{5e-3, 1e-3} : Tolerance{1e-4, 1e-4};
    const Inventory& inventory = model->labels().inventories[0];
    std::vector<Sentence> sentences;
    for (const nlohmann::json& item : read_json(folder / "gold.json"))
      sentences.push_back(sentence_of(item, model->labels()));
    const std::vector<EncodedSentence> encoded = model->encode(sentences);
    const EvaluationSet set{"test", sentences, encoded};
    const std::vector<Item> items = set.items();
    compare_logits(comparison, *model, items, folder, tolerance);
    const nlohmann::json expected = read_json(folder / "predictions.json");
    const std::vector<nlohmann::json> scored = read_json_lines(folder / "predictions_scored.jsonl");
    const std::vector<SpanTaskPredictions> predictions = predict(*model, items);
    for (std::size_t i = 0; i < sentences.size(); ++i) {
      compare_predictions(comparison, prediction_node(sentences[i], predictions[0].sentences[i], inventory),
                          expected[i], scored[i], tolerance,
                          folder.filename().string() + " sentence " + std::to_string(i));
    }
    compare_metrics(comparison, to_json(score_predictions(*model, set, predictions, Overlap::allowed)),
                    read_json(folder / "metrics.json"), folder.filename().string());
  }
}

}  // namespace spanlab::test
