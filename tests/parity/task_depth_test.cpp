// SPDX-License-Identifier: MIT
// Inside the models of task-specific depth: how sentences are read, the states of the first batch, and scored
// predictions.
#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>

#include "parity/head_parts.hpp"
#include "parity/spert_model.hpp"
#include "prediction_node.hpp"
#include "spanlab/tags.hpp"

namespace spanlab::test {

namespace {

using nlohmann::json;

/// Sentences of a step as the model reads them, and their candidates.
struct ReadStep {
  ReadStep(const Model& model, const json& step) {
    for (const json& item : step.at("sentences")) sentences.push_back(sentence_of(item, model.labels()));
    encoded = model.encode(sentences);
    for (std::size_t s = 0; s < sentences.size(); ++s) {
      items.push_back({&sentences[s], &encoded[s]});
      samples.push_back(given_sample(model, sentences[s], step["sentences"][s]));
    }
  }
  std::vector<Sentence> sentences;
  std::vector<EncodedSentence> encoded;
  std::vector<Item> items;
  std::vector<SentenceSample> samples;
};

Span span_of(const json& entity) { return {entity.at("start"), entity.at("end")}; }

// Where the fixture's pair (indices of entities) stands among the sampled ones; -1: nowhere.
std::int64_t row_of(const TaskSample& spans, const TaskSample& pairs, const json& item, const json& pair) {
  const std::vector<Pair>& drawn = pairs.as<DrawnPairs>().sample.pairs;
  for (std::size_t row = 0; row < drawn.size(); ++row) {
    const Span &head = spans.drawn->spans()->spans[drawn[row].head],
               &tail = spans.drawn->spans()->spans[drawn[row].tail];
    if (head == span_of(item["entities"][pair[0].get<std::size_t>()]) &&
        tail == span_of(item["entities"][pair[1].get<std::size_t>()])) {
      return static_cast<std::int64_t>(row);
    }
  }
  return -1;
}

void compare_reading(Comparison& comparison, const Sentence& sentence, const EncodedSentence& encoded,
                     const SentenceSample& sample, const json& item, const json& tag_names,
                     const std::string& place) {
  comparison.exact("word numbers", encoded.ids == item.at("word_ids"), place);
  comparison.exact("character numbers", characters_of(encoded) == item.at("char_ids"), place);
  comparison.exact("casing", encoded.channels[2] == item.at("casing"), place);
  const std::vector<std::int64_t> tags = to_tags(sentence.views[0], std::ssize(sentence.words));
  comparison.exact("tags", tags == item.at("tag_ids"), place);
  json names = json::array();
  for (const std::int64_t tag : tags) names.push_back(tag_names[static_cast<std::size_t>(tag)]);
  comparison.exact("names of tags", names == item.at("tags"), place);
  comparison.exact("kept entities", taggable(sentence.views[0]) == item.at("kept"), place);
  const std::size_t pairs = item.at("pairs").size(),
                    types = pairs == 0 ? 0 : sample[1].targets.size() / pairs;
  comparison.exact("number of pairs", sample[1].as<DrawnPairs>().sample.pairs.size() == pairs, place);
  for (std::size_t i = 0; i < pairs; ++i) {
    const std::int64_t row = row_of(sample[0], sample[1], item, item["pairs"][i]);
    const std::size_t first = row < 0 ? sample[1].targets.size() : static_cast<std::size_t>(row) * types;
    const std::vector<float> wanted = item["targets"][i];
    comparison.exact(
        "targets of pairs",
        std::ranges::equal(std::span(sample[1].targets).subspan(first).first(row < 0 ? 0 : types), wanted),
        place);
  }
}

void compare_steps(Comparison& comparison, const std::filesystem::path& folder, const json& config) {
  const auto model = spert_model(config, folder, read_tensors(folder / "init.safetensors").tensors);
  const std::vector<json> steps = read_json_lines(folder / "batches.jsonl"),
                          expected = read_json_lines(folder / "expected.jsonl");
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const ReadStep read(*model, steps[i]);
    const std::string place = fmt::format("{} step {}", folder.filename().string(), i + 1);
    std::size_t words = 0, pairs = 0;
    for (std::size_t s = 0; s < read.sentences.size(); ++s) {
      compare_reading(comparison, read.sentences[s], read.encoded[s], read.samples[s],
                      steps[i]["sentences"][s], config.at("tags"), place);
      words += read.samples[s][0].first.size();
      pairs += read.samples[s][1].as<DrawnPairs>().sample.pairs.size();
    }
    comparison.exact("words of a batch", words == expected[i].at("words"), place);
    comparison.exact("pairs of a batch", pairs == expected[i].at("pairs"), place);
  }
}

// With the encoder's weights alone and no shared layer: what the first layer reads.
at::Tensor inputs_of(json config, const std::filesystem::path& folder, const Batch& batch, Pass& pass) {
  config["layers"]["shared"] = 0;
  NamedTensors tables;
  for (const auto& [name, tensor] : read_tensors(folder / "init.safetensors").tensors) {
    if (name.starts_with("word.") || name.starts_with("char")) tables[name] = tensor;
  }
  return spert_model(config, folder, tables)->encoder().forward(batch, pass).units;
}

// States of the last words of the kept entities beside the embeddings of their tags, and the rows of these
// that pairs name.
std::pair<at::Tensor, at::Tensor> known_of_pairs(const Model& model, const Batch& batch,
                                                 const at::Tensor& states, const json& step) {
  std::vector<std::int64_t> words, tags, pairs;
  for (std::size_t s = 0; s < batch.sentences.size(); ++s) {
    const json& item = step.at("sentences")[s];
    const std::vector<std::int64_t> all =
        to_tags(batch.sentences[s]->views[0], std::ssize(batch.sentences[s]->words));
    std::map<std::size_t, std::int64_t> rows;
    for (const std::size_t kept : item.at("kept")) {
      const std::int64_t last = span_of(item["entities"][kept]).end - 1;
      rows[kept] = std::ssize(words);
      words.push_back(batch.word_offsets[s] + last);
      tags.push_back(all[static_cast<std::size_t>(last)]);
    }
    for (const json& pair : item.at("pairs")) pairs.insert(pairs.end(), {rows.at(pair[0]), rows.at(pair[1])});
  }
  const at::Tensor embeddings =
      parameter_of(model, "tag.weight").index_select(0, at::tensor(tags, at::kLong));
  return {at::cat({states.index_select(0, at::tensor(words, at::kLong)), embeddings}, 1),
          at::tensor(pairs, at::kLong).view({-1, 2})};
}

void compare_states(Comparison& comparison, const std::filesystem::path& folder, const json& config) {
  const at::NoGradGuard no_gradients;
  const auto model = spert_model(config, folder, read_tensors(folder / "init.safetensors").tensors);
  const json step = read_json_lines(folder / "batches.jsonl").front();
  const NamedTensors expected = read_tensors(folder / "step1.safetensors").tensors;
  const std::string place = folder.filename().string();
  const ReadStep read(*model, step);
  const Batch batch = make_batch(read.items);
  Generator generator(1);
  Pass pass{Mode::evaluation, generator};
  const std::vector<Features> features = model->features(batch, pass);
  comparison.scaled("inputs", inputs_of(config, folder, batch, pass), expected.at("input"), 1e-4, place);
  comparison.scaled("shared states", model->encoder().forward(batch, pass).units, expected.at("shared"), 1e-4,
                    place);
  comparison.scaled("states of entities", features[0].units, expected.at("ner"), 1e-4, place);
  comparison.scaled("states of relations", features[1].units, expected.at("re"), 1e-4, place);
  const auto [known, pairs] = known_of_pairs(*model, batch, features[1].units, step);
  comparison.scaled("last words and tags", known, expected.at("g"), 1e-4, place);

  const Candidates candidates = score_samples(*model, batch, read.samples, pass)[1].candidates;
  std::vector<std::int64_t> order;
  for (std::size_t s = 0; s < read.sentences.size(); ++s) {
    const json& item = step["sentences"][s];
    for (const json& pair : item.at("pairs"))
      order.push_back(candidates.offsets[s] + row_of(read.samples[s][0], read.samples[s][1], item, pair));
  }
  const at::Tensor shown = last_layer_inputs(*model->tasks()[1].head, features[1], candidates)
                               .index_select(0, at::tensor(order, at::kLong));
  compare_pair_inputs(comparison, shown, pairs, expected.at("f"), expected.at("cosine"),
                      expected.at("distmult"), place);
}

// Relations equal without their scores, and the scores close.
void compare_scored(Comparison& comparison, json got, json expected, const std::string& place) {
  comparison.exact("number of relations", got.size() == expected.size(), place);
  for (std::size_t i = 0; i < std::min(got.size(), expected.size()); ++i) {
    comparison.absolute("scores of relations", got[i].at("score"), expected[i].at("score"), 1e-4, place);
    got[i].erase("score");
    expected[i].erase("score");
    comparison.exact("relations", got[i] == expected[i], place);
  }
}

void compare_probabilities(Comparison& comparison, const TaskDecisions& pairs, const json& expected,
                           double threshold, const std::string& place) {
  const std::size_t count = expected.at("pairs").size();
  comparison.exact("number of pairs", static_cast<std::size_t>(pairs.scores.candidates.size()) == count,
                   place);
  if (count == 0 || static_cast<std::size_t>(pairs.scores.candidates.size()) != count) return;
  comparison.equal("pairs", pairs.scores.candidates.pairs, tensor_of(expected["pairs"]), place);
  const at::Tensor probabilities = at::sigmoid(pairs.scores.outputs.at("classify").to(at::kDouble));
  comparison.scaled("probabilities", probabilities, tensor_of(expected.at("probabilities")), 1e-4, place);
  comparison.absolute("distance to the threshold", (probabilities - threshold).abs().min().item<double>(),
                      expected.at("closest_to_threshold"), 1e-4, place);
}

// With the fixture's final weights, not those of a training of ours.
void compare_scored_predictions(Comparison& comparison, const std::filesystem::path& folder,
                                const json& config) {
  const auto model = spert_model(config, folder, read_tensors(folder / "final.safetensors").tensors);
  const json given = read_json(folder / "predictions.json");
  const std::vector<json> scored = read_json_lines(folder / "predictions_scored.jsonl");
  BOOST_REQUIRE(given.size() == scored.size());
  for (std::size_t i = 0; i < scored.size(); ++i) {
    const std::string place = fmt::format("{} sentence {}", folder.filename().string(), i);
    const Sentence sentence{"", "", given[i].at("tokens"), {{}}};
    const std::vector<EncodedSentence> encoded = model->encode({&sentence, 1});
    const Item item{&sentence, &encoded[0]};
    const Batch batch = make_batch({&item, 1});
    const BatchDecisions tasks = decide(*model, batch);
    const auto numbers = [&](const char* name) {
      return tasks[0]->scores.outputs.at(name).detach().to(at::kDouble).contiguous();
    };
    const crf::Chain chain{numbers("emissions"), numbers("transitions"), numbers("start"), numbers("end")};
    const crf::Path path = crf::viterbi(chain, crf::Steps::legal);
    json tags = json::array();
    for (const std::int64_t tag : path.tags) tags.push_back(config.at("tags")[static_cast<std::size_t>(tag)]);
    comparison.exact("tags", tags == scored[i].at("tags"), place);
    comparison.relative("scores of paths", path.score, scored[i].at("viterbi_score"), 1e-4, 1e-4, place);
    comparison.absolute("margins of paths", margin_of(chain, crf::Steps::legal, path), scored[i].at("margin"),
                        1e-4 * std::abs(path.score), place);
    compare_probabilities(comparison, *tasks[1], scored[i], config.at("threshold"), place);
    const Prediction prediction = assemble(*model, batch, tasks)[0].sentences[0];
    const json got = prediction_node(sentence, prediction, model->labels().inventories[0]);
    compare_scored(comparison, got.at("relations"), scored[i].at("relations"), place);
  }
}

template <typename Compare>
void each_model(const std::string& what, Compare compare_one) {
  if (fixtures_folder("systems/task_depth").empty()) return;
  Comparison comparison(what);
  for (const std::filesystem::path& folder : cases("systems/task_depth")) {
    // The others are BERT below SpERT's heads, see trajectory_test.cpp.
    if (std::filesystem::exists(folder / "vocabulary.json"))
      compare_one(comparison, folder, read_json(folder / "config.json"));
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(parity_task_depth_reading) { each_model("task_depth reading", compare_steps); }
BOOST_AUTO_TEST_CASE(parity_task_depth_states) { each_model("task_depth states", compare_states); }
BOOST_AUTO_TEST_CASE(parity_task_depth_scores) {
  each_model("task_depth scores", compare_scored_predictions);
}

}  // namespace spanlab::test
