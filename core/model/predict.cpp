// SPDX-License-Identifier: MIT
#include "model/predict.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <numeric>
#include <set>
#include <tuple>

#include "model/pair_parts.hpp"
#include "spanlab/kernel.hpp"

namespace spanlab {

namespace {

// Every span of a batch that evaluation scores.
std::vector<PlacedSpan> evaluation_spans(const Batch& batch, const Task& task) {
  std::vector<PlacedSpan> places;
  for (std::size_t s = 0; s < batch.sentences.size(); ++s) {
    const std::vector<Span> spans = task.sampler->evaluation_spans(*batch.sentences[s]);
    check_spans(task.answerer("sampler"), spans, *batch.sentences[s]);
    for (const Span& span : spans) places.push_back({static_cast<std::int64_t>(s), span});
  }
  return places;
}

/// One task's decisions about a batch, collected part by part.
class Deciding {
 public:
  Deciding(const Model& model, const Batch& batch, const Task& task, const Features& features, Pass& pass)
      : task_(task),
        types_(task.of_pairs() ? model.inventory(task).relations.size()
                               : model.inventory(task).entities.size()),
        shapes_(task.head->outputs()),
        features_(features),
        pass_(pass) {
    if (task.of_pairs()) result_.left_out.assign(static_cast<std::size_t>(batch.size()), 0);
  }

  // Candidates of a span or tagging task.
  void part(Candidates candidates) {
    if (candidates.size() == 0) return;
    TaskScores scores{
        .candidates = std::move(candidates), .outputs = {}, .targets = {}, .hard = {}, .first = {}};
    std::vector<Decision> found = scored(scores, {}, {});
    if (keeps_outputs_) {
      std::vector<std::int64_t> rows;
      for (const Decision& decision : found) rows.push_back(decision.row);
      for (auto& [name, chosen] : rows_of(scores.outputs, shapes_, rows))
        outputs_[name].push_back(std::move(chosen));
    }
    for (Decision& decision : found) {
      decision.row += rows_;
      result_.decisions.push_back(decision);
    }
    keep(std::move(scores));
  }

  // Pairs of the spans that another task decided on; `of_spans`: what its head said of those.
  void part(PairPart pairs, const Outputs& of_spans, const std::vector<OutputShape>& shapes_of_spans) {
    TaskScores scores{
        .candidates = std::move(pairs.candidates), .outputs = {}, .targets = {}, .hard = {}, .first = {}};
    const std::vector<Decision> found =
        scored(scores, rows_of(of_spans, shapes_of_spans, pairs.spans), pairs.pairs);
    for (Decision decision : found) {
      const Pair& pair = pairs.pairs[static_cast<std::size_t>(decision.row)];
      const auto span = [&](std::int32_t row) {
        return static_cast<std::int32_t>(pairs.spans[static_cast<std::size_t>(row)]);
      };
      if (decision.sentence != sentence_) end_sentence(decision.sentence);
      decision.row = pairs.rows[static_cast<std::size_t>(decision.row)];
      result_.decisions.push_back(decision);
      result_.pairs.push_back({span(pair.head), span(pair.tail)});
      if (of_sentence() >= 2 * task_.most_relations) leave_out();
    }
    keep(std::move(scores));
  }

  /// From now on the outputs of the candidates that are decided on are kept, for outputs().
  void keep_outputs() { keeps_outputs_ = true; }

  /// Of every decision, in order.
  Outputs outputs() const {
    Outputs joined;
    for (const auto& [name, parts] : outputs_)
      joined.emplace(name, parts.size() == 1 ? parts.front() : at::cat(parts));
    return joined;
  }

  TaskDecisions& result() {
    end_sentence(-1);
    return result_;
  }

 private:
  std::vector<Decision> scored(TaskScores& scores, const Outputs& of_spans, std::span<const Pair> pairs) {
    const Answerer head = task_.answerer("head");
    scores.outputs = task_.head->forward(features_, scores.candidates, of_spans, pass_);
    check_outputs(head, scores.outputs, shapes_, scores.candidates.size());
    std::vector<Decision> found = task_.head->decode(scores.outputs, scores.candidates);
    check_decisions(head, task_.head->kind(), found, scores.candidates, pairs, types_);
    return found;
  }

  void keep(TaskScores scores) {
    const bool first = rows_ == 0;
    rows_ += scores.candidates.size();
    result_.scores = first ? std::move(scores) : TaskScores();
  }

  std::int64_t of_sentence() const { return std::ssize(result_.decisions) - first_; }

  void end_sentence(std::int64_t next) {
    if (task_.of_pairs()) {
      if (of_sentence() > task_.most_relations) leave_out();
      in_order();
    }
    sentence_ = next;
    first_ = std::ssize(result_.decisions);
  }

  std::vector<std::int64_t> numbers_of_sentence() const {
    std::vector<std::int64_t> numbers(static_cast<std::size_t>(of_sentence()));
    std::iota(numbers.begin(), numbers.end(), first_);
    return numbers;
  }

  // Of the sentence's decisions these stay.
  void keep_only(std::span<const std::int64_t> numbers) {
    std::vector<Decision> decisions;
    std::vector<Pair> pairs;
    for (const std::int64_t number : numbers) {
      decisions.push_back(result_.decisions[number]);
      pairs.push_back(result_.pairs[number]);
    }
    result_.decisions.resize(static_cast<std::size_t>(first_));
    result_.pairs.resize(static_cast<std::size_t>(first_));
    result_.decisions.insert(result_.decisions.end(), decisions.begin(), decisions.end());
    result_.pairs.insert(result_.pairs.end(), pairs.begin(), pairs.end());
  }

  // The strongest stay; of equal ones those whose pairs come first.
  void leave_out() {
    std::vector<std::int64_t> numbers = numbers_of_sentence();
    const auto strength = [&](std::int64_t number) {
      const Decision& decision = result_.decisions[number];
      return std::tuple(-decision.score, decision.row, decision.type);
    };
    std::ranges::nth_element(numbers, numbers.begin() + task_.most_relations, {}, strength);
    result_.left_out[static_cast<std::size_t>(sentence_)] += std::ssize(numbers) - task_.most_relations;
    keep_only(std::span(numbers).first(static_cast<std::size_t>(task_.most_relations)));
  }

  // By pair: a block of pairs does not have all of a head's tails.
  void in_order() {
    std::vector<std::int64_t> numbers = numbers_of_sentence();
    const auto pair = [&](std::int64_t number) {
      return std::pair(result_.decisions[number].row, result_.decisions[number].type);
    };
    if (std::ranges::is_sorted(numbers, {}, pair)) return;
    std::ranges::sort(numbers, {}, pair);
    keep_only(numbers);
  }

  const Task& task_;
  std::size_t types_;
  std::vector<OutputShape> shapes_;
  const Features& features_;
  Pass& pass_;
  TaskDecisions result_;
  std::int64_t rows_ = 0;       // scored so far
  std::int64_t sentence_ = -1;  // whose relations come
  std::int64_t first_ = 0;      // where its decisions begin
  bool keeps_outputs_ = false;
  std::map<std::string, std::vector<at::Tensor>> outputs_;  // part by part
};

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

  void leave_out(std::int64_t relations) { prediction_.relations_left_out += relations; }

  Prediction finish() {
    std::ranges::stable_sort(prediction_.relations, {},
                             [](const ScoredRelation& r) { return r.relation.head; });
    return std::move(prediction_);
  }

 private:
  std::int32_t begin(std::int32_t entity) const { return prediction_.entities[entity].entity.span.begin; }

  Prediction prediction_;
  std::vector<std::int32_t> place_;
  std::set<Relation> known_;
};

}  // namespace

std::vector<TaskDecisions> decide(Model& model, const Batch& batch, std::int64_t most) {
  const at::NoGradGuard no_gradients;
  Generator unused(0);
  Pass pass{Mode::evaluation, unused};
  const std::vector<Features> features = model.features(batch, pass);
  const std::vector<Task>& tasks = model.tasks();
  std::vector<TaskDecisions> all;
  std::vector<Outputs> outputs(
      tasks.size());  // of what each span task decided on, where a head over pairs reads them
  const Outputs nothing;
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    const Task& task = tasks[i];
    Deciding deciding(model, batch, task, features[i], pass);
    if (task.of_pairs()) {
      const std::vector<OutputShape> shapes = tasks[task.spans].head->outputs();
      const Outputs& of_spans = task.head->reads_spans_outputs() ? outputs[task.spans] : nothing;
      pair_parts(batch, task, all[task.spans].decisions, most,
                 [&](PairPart part) { deciding.part(std::move(part), of_spans, shapes); });
    } else if (task.of_words()) {
      deciding.part(word_candidates(batch, {}));
    } else {
      const auto reads = [&](const Task& other) {
        return other.of_pairs() && other.spans == i && other.head->reads_spans_outputs();
      };
      if (std::ranges::any_of(tasks, reads)) deciding.keep_outputs();
      const std::vector<PlacedSpan> places = evaluation_spans(batch, task);
      for (std::int64_t begin = 0; begin < std::ssize(places); begin += most) {
        const auto end = std::min(begin + most, std::ssize(places));
        deciding.part(span_candidates(batch, {places.begin() + begin, places.begin() + end}, {}));
      }
      outputs[i] = deciding.outputs();
    }
    all.push_back(std::move(deciding.result()));
  }
  return all;
}

std::vector<SpanTaskPredictions> assemble(const Model& model, const Batch& batch,
                                          const std::vector<TaskDecisions>& tasks) {
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
      if (!task.of_pairs() || task.spans != t) continue;
      for (std::size_t i = 0; i < tasks[p].decisions.size(); ++i) {
        const Decision& decision = tasks[p].decisions[i];
        const Pair& pair = tasks[p].pairs[i];
        sentences[decision.sentence].add(number[pair.head], number[pair.tail], decision,
                                         model.inventory(task).relations[decision.type].symmetric);
      }
      for (std::size_t s = 0; s < sentences.size(); ++s) sentences[s].leave_out(tasks[p].left_out[s]);
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
  // Batches need nothing of each other: a thread with one of its own waits for none, and does what lies
  // between the products as well.
  const auto run = [&](std::int64_t number) {
    const std::span<const std::size_t> places =
        batches[batches.size() - 1 - static_cast<std::size_t>(number)];  // the longest sentences first
    std::vector<Item> chosen;
    for (std::size_t place : places) chosen.push_back(items[place]);
    const Batch batch = make_batch(chosen, model.device());
    std::vector<SpanTaskPredictions> part = assemble(model, batch, decide(model, batch));
    for (std::size_t g = 0; g < all.size(); ++g) {
      for (std::size_t s = 0; s < places.size(); ++s)
        all[g].sentences[places[s]] = std::move(part[g].sentences[s]);
    }
  };
  if (model.device().is_cpu())
    parallel_tasks(std::ssize(batches), run);
  else
    for (std::int64_t number = 0; number < std::ssize(batches); ++number) run(number);
  return all;
}

}  // namespace spanlab
