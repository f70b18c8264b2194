// SPDX-License-Identifier: MIT
#include "train/evaluation.hpp"

#include <algorithm>
#include <optional>

#include "evaluate/annotation_union.hpp"
#include "evaluate/metrics.hpp"
#include "evaluate/span_scores.hpp"
#include "files/file_names.hpp"
#include "files/files.hpp"
#include "records/predictions.hpp"

namespace spanlab::host {

std::vector<Item> EvaluationSet::items() const {
  std::vector<Item> items;
  for (std::size_t i = 0; i < sentences.size(); ++i) items.push_back({&sentences[i], &encoded[i]});
  return items;
}

namespace {

std::vector<std::int32_t> lengths(std::span<const Sentence> sentences) {
  std::vector<std::int32_t> words;
  for (const Sentence& sentence : sentences)
    words.push_back(static_cast<std::int32_t>(sentence.words.size()));
  return words;
}

// A prediction in the types of another inventory.
Prediction prediction_in_types_of(Prediction prediction, const Inventory& from, const Inventory& to) {
  const Annotation moved = in_types_of(prediction.annotation(), from, to);
  for (std::size_t i = 0; i < moved.entities.size(); ++i) prediction.entities[i].entity = moved.entities[i];
  for (std::size_t i = 0; i < moved.relations.size(); ++i)
    prediction.relations[i].relation = moved.relations[i];
  return prediction;
}

// What either predicts, each item once, with the higher of its scores. Both speak the types of one inventory.
Prediction prediction_union(const Prediction& a, const Prediction& b) {
  const Annotation items = annotation_union(a.annotation(), b.annotation());  // sorted
  Prediction all;
  all.relations_left_out = a.relations_left_out + b.relations_left_out;
  for (const Entity& entity : items.entities) all.entities.push_back({entity, 0});
  for (const Relation& relation : items.relations) all.relations.push_back({relation, 0});
  for (const Prediction* one : {&a, &b}) {
    std::vector<std::int32_t> places;
    for (const auto& [entity, score] : one->entities) {
      places.push_back(static_cast<std::int32_t>(std::ranges::lower_bound(items.entities, entity) -
                                                 items.entities.begin()));
      float& known = all.entities[places.back()].score;
      known = std::max(known, score);
    }
    for (const auto& [relation, score] : one->relations) {
      const Relation moved{places[relation.head], places[relation.tail], relation.type};
      float& known =
          all.relations[std::ranges::lower_bound(items.relations, moved) - items.relations.begin()].score;
      known = std::max(known, score);
    }
  }
  return all;
}

// Gold annotations and predictions of a set, in the types of one inventory.
struct Comparison {
  Inventory inventory;
  std::vector<Annotation> gold;
  std::vector<Prediction> predicted;

  std::vector<Annotation> annotations() const {
    std::vector<Annotation> all;
    for (const Prediction& prediction : predicted) all.push_back(prediction.annotation());
    return all;
  }

  ScoreTree scores(const std::vector<std::int32_t>& words, Overlap overlap) const {
    std::int64_t left_out = 0;
    for (const Prediction& prediction : predicted) left_out += prediction.relations_left_out;
    const std::vector<Annotation> annotations = this->annotations();
    ScoreTree scores = score_tree(score(gold, annotations, inventory, overlap));
    scores["spans"] = score_tree(score_spans(words, gold, annotations));
    if (left_out > 0) scores["relation"]["left_out"] = left_out;
    return scores;
  }

  void unite_with(const Comparison& other) {
    const Inventory both = inventory_union(inventory, other.inventory);
    for (std::size_t i = 0; i < gold.size(); ++i) {
      gold[i] = annotation_union(in_types_of(gold[i], inventory, both),
                                 in_types_of(other.gold[i], other.inventory, both));
      predicted[i] = prediction_union(prediction_in_types_of(predicted[i], inventory, both),
                                      prediction_in_types_of(other.predicted[i], other.inventory, both));
    }
    inventory = both;
  }
};

Comparison compared(const Model& model, const EvaluationSet& set, const SpanTaskPredictions& predictions) {
  const Task& task = model.tasks()[predictions.task];
  Comparison result{model.inventory(task), {}, predictions.sentences};
  for (const Sentence& sentence : set.sentences) result.gold.push_back(sentence.views[task.view]);
  return result;
}

std::vector<SpanTask> span_tasks(const Model& model) {
  std::vector<SpanTask> tasks;
  for (const Task& task : model.tasks()) {
    if (!task.takes_spans()) tasks.push_back({task.name, model.labels().views[task.view]});
  }
  return tasks;
}

// All span tasks together, if they have different views.
std::optional<Comparison> united(const Model& model, const EvaluationSet& set,
                                 const std::vector<SpanTaskPredictions>& predictions) {
  if (!has_union(span_tasks(model))) return std::nullopt;
  std::optional<Comparison> all;
  for (const SpanTaskPredictions& of_task : predictions) {
    Comparison one = compared(model, set, of_task);
    if (all) {
      all->unite_with(one);
    } else {
      all = std::move(one);
    }
  }
  return all;
}

}  // namespace

std::vector<std::string> score_groups(const Model& model) {
  return score_groups(span_tasks(model), model.labels().views.size());
}

ScoreTree score_predictions(const Model& model, const EvaluationSet& set,
                            const std::vector<SpanTaskPredictions>& predictions, Overlap overlap) {
  const std::vector<std::string> groups = score_groups(model);
  const std::vector<std::int32_t> words = lengths(set.sentences);
  ScoreTree scores;
  for (std::size_t i = 0; i < predictions.size(); ++i) {
    const Comparison of_task = compared(model, set, predictions[i]);
    if (groups[i].empty()) return of_task.scores(words, overlap);
    scores[groups[i]] = of_task.scores(words, overlap);
  }
  if (const auto all = united(model, set, predictions))
    scores[std::string(kUnion)] = all->scores(words, overlap);
  return scores;
}

CountsByDocument count_documents(const Model& model, const EvaluationSet& set,
                                 const std::vector<SpanTaskPredictions>& predictions, Overlap overlap) {
  CountsByDocument counts = documents_of(set.sentences);
  const auto add = [&](std::string_view group, const Comparison& comparison) {
    add_counts(group, set.sentences, comparison.gold, comparison.annotations(), comparison.inventory, overlap,
               counts);
  };
  const std::vector<std::string> groups = score_groups(model);
  for (std::size_t i = 0; i < predictions.size(); ++i) add(groups[i], compared(model, set, predictions[i]));
  if (const auto all = united(model, set, predictions)) add(kUnion, *all);
  return counts;
}

void write_predictions(const Model& model, const EvaluationSet& set,
                       const std::vector<SpanTaskPredictions>& predictions,
                       const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  const auto write = [&](const std::string& group, const std::vector<Prediction>& sentences,
                         const Inventory& inventory) {
    const std::string name = group.empty() ? file_name_of(set.split) : file_name_of({set.split, group}, '.');
    PendingFile file(folder / (name + ".jsonl"));
    for (std::size_t i = 0; i < sentences.size(); ++i)
      file.write(prediction_line(set.sentences[i], sentences[i], inventory) + "\n");
    file.place(Durability::synced);
  };
  const std::vector<std::string> groups = score_groups(model);
  for (std::size_t i = 0; i < predictions.size(); ++i)
    write(groups[i], predictions[i].sentences, model.inventory(model.tasks()[predictions[i].task]));
  if (const auto all = united(model, set, predictions))
    write(std::string(kUnion), all->predicted, all->inventory);
}

}  // namespace spanlab::host
