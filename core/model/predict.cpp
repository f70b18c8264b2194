// SPDX-License-Identifier: MIT
#include "model/predict.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <numeric>
#include <set>
#include <tuple>

#include "spanlab/kernel.hpp"

namespace spanlab {

namespace {

Candidates evaluation_spans(const Batch& batch, const Task& task) {
  std::vector<PlacedSpan> places;
  for (std::size_t s = 0; s < batch.sentences.size(); ++s) {
    for (const Span& span : task.sampler->evaluation_spans(*batch.sentences[s])) places.push_back({static_cast<std::int64_t>(s), span});
  }
  return span_candidates(batch, std::move(places), {});
}

// Decisions come by row and rows by sentence: those of one sentence stand together.
Candidates evaluation_pairs(const Batch& batch, const Task& task, const std::vector<Decision>& spans) {
  PlacedPairs placed;
  placed.offsets.push_back(0);
  std::size_t first = 0;
  for (std::int64_t s = 0; s < batch.size(); ++s) {
    std::size_t end = first;
    for (; end < spans.size() && spans[end].sentence == s; ++end) {
      placed.spans.push_back({s, spans[end].span});
      placed.types.push_back(spans[end].type);
    }
    const auto base = static_cast<std::int32_t>(first);
    for (const Pair& pair : task.sampler->evaluation_pairs(static_cast<std::int32_t>(end - first))) {
      placed.pairs.push_back({base + pair.head, base + pair.tail});
    }
    placed.offsets.push_back(static_cast<std::int64_t>(placed.pairs.size()));
    first = end;
  }
  return pair_candidates(batch, std::move(placed), {});
}

/// Collects one sentence's prediction. Entities are added first, in the order found, and then put in order.
class SentencePrediction {
 public:
  explicit SentencePrediction(const std::vector<Decision>& found) {
    std::vector<std::size_t> order(found.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return found[i].span; });
    place_.resize(found.size());
    for (std::size_t i : order) {
      place_[i] = static_cast<std::int32_t>(prediction_.entities.size());
      prediction_.entities.push_back({{found[i].span, found[i].type}, found[i].score});
    }
  }

  // `head` and `tail` count the entities as found.
  void add(std::size_t head, std::size_t tail, const Decision& decision, bool symmetric) {
    Relation relation{place_[head], place_[tail], decision.type};
    if (symmetric && begin(relation.tail) < begin(relation.head)) std::swap(relation.head, relation.tail);
    if (known_.insert(relation).second) prediction_.relations.push_back({relation, decision.score});
  }

  Prediction finish() {
    std::ranges::stable_sort(prediction_.relations, {}, [](const ScoredRelation& r) { return r.relation.head; });
    return std::move(prediction_);
  }

 private:
  std::int32_t begin(std::int32_t entity) const { return prediction_.entities[entity].entity.span.begin; }

  Prediction prediction_;
  std::vector<std::int32_t> place_;
  std::set<Relation> known_;
};

}  // namespace

std::vector<TaskDecisions> decide(Model& model, const Batch& batch) {
  const at::NoGradGuard no_gradients;
  Generator unused(0);
  Pass pass{Mode::evaluation, unused};
  const std::vector<Features> features = model.features(batch, pass);
  std::vector<TaskDecisions> all;
  for (std::size_t i = 0; i < model.tasks().size(); ++i) {
    const Task& task = model.tasks()[i];
    TaskDecisions result;
    Outputs of_spans;
    if (task.of_pairs()) {
      const TaskDecisions& spans = all[task.spans];
      result.scores.candidates = evaluation_pairs(batch, task, spans.decisions);
      if (task.head->reads_spans_outputs()) {
        std::vector<std::int64_t> rows;
        for (const Decision& decision : spans.decisions) rows.push_back(decision.row);
        of_spans = rows_of(spans.scores.outputs, model.tasks()[task.spans].head->outputs(), rows);
      }
    } else if (task.of_words()) {
      result.scores.candidates = word_candidates(batch, {});
    } else {
      result.scores.candidates = evaluation_spans(batch, task);
    }
    if (result.scores.candidates.size() > 0) {
      result.scores.outputs = task.head->forward(features[i], result.scores.candidates, of_spans, pass);
      result.decisions = task.head->decode(result.scores.outputs, result.scores.candidates);
    }
    all.push_back(std::move(result));
  }
  return all;
}

std::vector<SpanTaskPredictions> assemble(const Model& model, const Batch& batch, const std::vector<TaskDecisions>& tasks) {
  std::vector<SpanTaskPredictions> all;
  for (std::size_t t = 0; t < tasks.size(); ++t) {
    if (model.tasks()[t].of_pairs()) continue;
    std::vector<std::vector<Decision>> found(batch.sentences.size());
    std::vector<std::size_t> number;  // of each decision within its sentence
    for (const Decision& decision : tasks[t].decisions) {
      number.push_back(found[decision.sentence].size());
      found[decision.sentence].push_back(decision);
    }
    std::vector<SentencePrediction> sentences(found.begin(), found.end());
    for (std::size_t p = 0; p < tasks.size(); ++p) {
      const Task& task = model.tasks()[p];
      if (!task.of_pairs() || task.spans != t || tasks[p].decisions.empty()) continue;
      const at::Tensor pairs = tasks[p].scores.candidates.pairs.to(at::kCPU).contiguous();
      const auto* pair = pairs.const_data_ptr<std::int64_t>();
      for (const Decision& decision : tasks[p].decisions) {
        sentences[decision.sentence].add(number[pair[2 * decision.row]], number[pair[2 * decision.row + 1]], decision,
                                         model.inventory(task).relations[decision.type].symmetric);
      }
    }
    SpanTaskPredictions result{t, {}};
    for (SentencePrediction& sentence : sentences) result.sentences.push_back(sentence.finish());
    all.push_back(std::move(result));
  }
  return all;
}

std::vector<SpanTaskPredictions> predict(Model& model, std::span<const Item> items, std::int64_t units) {
  auto length = [&](std::size_t i) { return static_cast<std::int64_t>(items[i].encoded->ids.size()); };
  std::vector<std::size_t> order(items.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, {}, length);
  std::vector<SpanTaskPredictions> all;
  for (std::size_t t = 0; t < model.tasks().size(); ++t) {
    if (!model.tasks()[t].of_pairs()) all.push_back({t, std::vector<Prediction>(items.size())});
  }
  std::vector<std::span<const std::size_t>> batches;
  for (std::size_t first = 0, count = 0; first < order.size(); first += count, count = 0) {
    std::int64_t sum = 0;
    do sum += length(order[first + count++]);
    while (first + count < order.size() && sum + length(order[first + count]) <= units);
    batches.push_back(std::span(order).subspan(first, count));
  }
  // Batches need nothing of each other: a thread with one of its own waits for none, and does what lies between the products as well.
  const auto run = [&](std::int64_t number) {
    const std::span<const std::size_t> places = batches[batches.size() - 1 - static_cast<std::size_t>(number)];  // the longest sentences first
    std::vector<Item> chosen;
    for (std::size_t place : places) chosen.push_back(items[place]);
    const Batch batch = make_batch(chosen, model.device());
    std::vector<SpanTaskPredictions> part = assemble(model, batch, decide(model, batch));
    for (std::size_t g = 0; g < all.size(); ++g) {
      for (std::size_t s = 0; s < places.size(); ++s) all[g].sentences[places[s]] = std::move(part[g].sentences[s]);
    }
  };
  if (model.device().is_cpu()) parallel_tasks(std::ssize(batches), run);
  else for (std::int64_t number = 0; number < std::ssize(batches); ++number) run(number);
  return all;
}

}  // namespace spanlab
