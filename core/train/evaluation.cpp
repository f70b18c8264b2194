// SPDX-License-Identifier: MIT
#include "train/evaluation.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "evaluate/annotation_union.hpp"
#include "evaluate/metrics.hpp"
#include "evaluate/span_scores.hpp"
#include "files/files.hpp"
#include "model/prediction_json.hpp"

namespace spanlab {

std::vector<Item> EvaluationSet::items() const {
  std::vector<Item> items;
  for (std::size_t i = 0; i < sentences.size(); ++i) items.push_back({&sentences[i], &encoded[i]});
  return items;
}

namespace {

std::vector<std::int32_t> lengths(std::span<const Sentence> sentences) {
  std::vector<std::int32_t> words;
  for (const Sentence& sentence : sentences) words.push_back(static_cast<std::int32_t>(sentence.words.size()));
  return words;
}

// Gold and predicted annotations of a set, in the types of one inventory.
struct Compared {
  Inventory inventory;
  std::vector<Annotation> gold;
  std::vector<Annotation> predicted;

  nlohmann::json scores(const std::vector<std::int32_t>& words, Overlap overlap) const {
    nlohmann::json scores = to_json(score(gold, predicted, inventory, overlap));
    scores["spans"] = to_json(score_spans(words, gold, predicted));
    return scores;
  }

  void unite_with(const Compared& other) {
    const Inventory both = inventory_union(inventory, other.inventory);
    const auto add = [&](std::vector<Annotation>& mine, const std::vector<Annotation>& theirs) {
      for (std::size_t i = 0; i < mine.size(); ++i) {
        mine[i] = annotation_union(in_types_of(mine[i], inventory, both), in_types_of(theirs[i], other.inventory, both));
      }
    };
    add(gold, other.gold);
    add(predicted, other.predicted);
    inventory = both;
  }
};

Compared compared(const Model& model, const EvaluationSet& set, const SpanTaskPredictions& predictions) {
  const Task& task = model.tasks()[predictions.task];
  Compared result{model.inventory(task), {}, {}};
  for (const Sentence& sentence : set.sentences) result.gold.push_back(sentence.views[task.view]);
  for (const Prediction& prediction : predictions.sentences) result.predicted.push_back(prediction.annotation());
  return result;
}

}  // namespace

std::vector<std::string> score_groups(const Model& model) {
  std::vector<const Task*> span_tasks;
  for (const Task& task : model.tasks()) {
    if (!task.of_pairs()) span_tasks.push_back(&task);
  }
  const bool several_views = model.labels().views.size() > 1;
  if (span_tasks.size() == 1 && !several_views) return {""};
  std::vector<std::string> groups;
  for (const Task* task : span_tasks) {
    const bool alone = std::ranges::count(span_tasks, task->view, [](const Task* other) { return other->view; }) == 1;
    groups.push_back(several_views && alone ? model.labels().views[task->view] : task->name);
  }
  return groups;
}

nlohmann::json score_predictions(const Model& model, const EvaluationSet& set, const std::vector<SpanTaskPredictions>& predictions,
                                 Overlap overlap) {
  const std::vector<std::string> groups = score_groups(model);
  const std::vector<std::int32_t> words = lengths(set.sentences);
  std::optional<Compared> all;
  std::set<std::size_t> views;
  nlohmann::json scores;
  for (std::size_t i = 0; i < predictions.size(); ++i) {
    const Compared of_task = compared(model, set, predictions[i]);
    if (groups[i].empty()) return of_task.scores(words, overlap);
    scores[groups[i]] = of_task.scores(words, overlap);
    views.insert(model.tasks()[predictions[i].task].view);
    if (all) {
      all->unite_with(of_task);
    } else {
      all = of_task;
    }
  }
  if (views.size() > 1) scores[std::string(kUnion)] = all->scores(words, overlap);
  return scores;
}

void write_predictions(const Model& model, const EvaluationSet& set, const std::vector<SpanTaskPredictions>& predictions,
                       const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  const std::vector<std::string> groups = score_groups(model);
  for (std::size_t task = 0; task < predictions.size(); ++task) {
    const Inventory& inventory = model.inventory(model.tasks()[predictions[task].task]);
    std::string text;
    for (std::size_t i = 0; i < set.sentences.size(); ++i) {
      text += to_json(set.sentences[i], predictions[task].sentences[i], inventory).dump() + "\n";
    }
    replace_file(folder / (set.split + (groups[task].empty() ? "" : "." + groups[task]) + ".jsonl"), text, Durability::synced);
  }
}

}  // namespace spanlab
