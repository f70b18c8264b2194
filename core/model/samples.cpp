// SPDX-License-Identifier: MIT
#include "model/samples.hpp"

#include <ATen/ATen.h>

#include "model/parts.hpp"
#include "spanlab/tags.hpp"

namespace spanlab {

namespace {

std::vector<const Annotation*> gold_of(const Batch& batch, const Task& task) {
  std::vector<const Annotation*> gold;
  for (const Sentence* sentence : batch.sentences) gold.push_back(&sentence->views[task.view]);
  return gold;
}

template <typename Number>
at::Tensor joined(std::span<const SentenceSample> samples, std::size_t task,
                  std::vector<Number> TaskSample::* member, at::ScalarType type) {
  std::vector<Number> all;
  for (const SentenceSample& sample : samples)
    all.insert(all.end(), (sample[task].*member).begin(), (sample[task].*member).end());
  return at::tensor(all, type);
}

Candidates sampled_spans(const Batch& batch, const Task& task, std::size_t index,
                         std::span<const SentenceSample> samples) {
  std::vector<PlacedSpan> places;
  for (std::size_t s = 0; s < samples.size(); ++s) {
    for (const Span& span : samples[s][index].spans.spans)
      places.push_back({static_cast<std::int64_t>(s), span});
  }
  return span_candidates(batch, std::move(places), gold_of(batch, task));
}

/// Candidate pairs over those spans alone that a pair names, and which rows these are among the spans of the
/// other task.
struct SampledPairs {
  Candidates candidates;
  std::vector<std::int64_t> rows;
};

SampledPairs sampled_pairs(const Batch& batch, const Task& task, std::size_t index,
                           std::span<const SentenceSample> samples) {
  PlacedPairs placed;
  std::vector<std::int64_t> rows;
  std::int64_t first = 0;
  placed.offsets.push_back(0);
  for (std::size_t s = 0; s < samples.size(); ++s) {
    const auto& [spans, gold] = samples[s][task.spans].spans;
    const std::vector<Entity>& entities = batch.sentences[s]->views[task.view].entities;
    std::vector<std::int32_t> place(spans.size(), -1);
    auto used = [&](std::int32_t row) {
      if (place[row] < 0) {
        place[row] = static_cast<std::int32_t>(placed.spans.size());
        placed.spans.push_back({static_cast<std::int64_t>(s), spans[row]});
        placed.types.push_back(static_cast<std::size_t>(row) < gold.size() ? entities[gold[row].front()].type
                                                                           : -1);
        rows.push_back(first + row);
      }
      return place[row];
    };
    for (const Pair& pair : samples[s][index].pairs.pairs) {
      const std::int32_t head = used(pair.head);
      placed.pairs.push_back({head, used(pair.tail)});
    }
    placed.offsets.push_back(static_cast<std::int64_t>(placed.pairs.size()));
    first += static_cast<std::int64_t>(spans.size());
  }
  return {pair_candidates(batch, std::move(placed), gold_of(batch, task)), std::move(rows)};
}

// Types of the candidates' first gold items, -1 for negatives.
std::vector<std::int64_t> first_types(const Task& task, const Sentence& sentence, const TaskSample& sample) {
  const Annotation& gold = sentence.views[task.view];
  if (task.of_words()) {
    std::vector<std::int64_t> tags = to_tags(gold, static_cast<std::int64_t>(sentence.words.size()));
    for (std::int64_t& tag : tags) --tag;
    return tags;
  }
  const std::vector<GoldItems>& items = task.of_pairs() ? sample.pairs.gold : sample.spans.gold;
  std::vector<std::int64_t> first(task.of_pairs() ? sample.pairs.pairs.size() : sample.spans.spans.size(),
                                  -1);
  for (std::size_t row = 0; row < items.size(); ++row) {
    first[row] =
        task.of_pairs() ? gold.relations[items[row].front()].type : gold.entities[items[row].front()].type;
  }
  return first;
}

std::vector<float> hard_targets(const Task& task, const Sentence& sentence, const TaskSample& sample,
                                std::size_t types) {
  const Annotation& gold = sentence.views[task.view];
  if (task.of_words()) {
    const std::vector<std::int64_t> first = first_types(task, sentence, sample);
    std::vector<float> hard(first.size() * types, 0);
    for (std::size_t row = 0; row < first.size(); ++row) {
      if (first[row] >= 0) hard[row * types + static_cast<std::size_t>(first[row])] = 1;
    }
    return hard;
  }
  const std::vector<GoldItems>& items = task.of_pairs() ? sample.pairs.gold : sample.spans.gold;
  std::vector<float> hard((task.of_pairs() ? sample.pairs.pairs.size() : sample.spans.spans.size()) * types,
                          0);
  for (std::size_t row = 0; row < items.size(); ++row) {
    for (std::int32_t item : items[row]) {
      const std::int32_t type = task.of_pairs() ? gold.relations[item].type : gold.entities[item].type;
      hard[row * types + static_cast<std::size_t>(type)] = 1;
    }
  }
  return hard;
}

SentenceSample draw_candidates(std::span<const Task> tasks, const Labels& labels, const Sentence& sentence,
                               const Generator& generator) {
  SentenceSample sample;
  for (const Task& task : tasks) {
    const Annotation& gold = sentence.views[task.view];
    Generator own = generator.split(task.name);
    TaskSample drawn;
    if (task.of_pairs()) {
      const SpanSample& spans = sample[task.spans].spans;
      drawn.pairs = task.sampler->sample_pairs(sentence, gold, labels.inventories[task.view], spans, own);
      check_sample(task.answerer("sampler"), drawn.pairs, spans.spans.size(), gold.relations.size());
    } else if (task.of_words()) {
      drawn.spans = task.sampler->sample_words(sentence, gold);
      check_sample(task.answerer("sampler"), drawn.spans, sentence, gold.entities.size());
    } else {
      drawn.spans = task.sampler->sample_spans(sentence, gold, own);
      check_sample(task.answerer("sampler"), drawn.spans, sentence, gold.entities.size());
    }
    sample.push_back(std::move(drawn));
  }
  return sample;
}

// A head's parameters, and those of the head whose spans it takes: it may share that one's table of widths.
std::vector<at::Tensor> trained(const Head& head, const Head& of_spans) {
  std::vector<at::Tensor> all = head.parameters();
  for (const at::Tensor& parameter : of_spans.parameters()) all.push_back(parameter);
  return all;
}

// Undefined if nothing counts.
at::Tensor reduced(const LossValues& loss, Reduction reduction, const Answerer& who) {
  if (reduction == Reduction::sum) return loss.values.sum();
  if (reduction == Reduction::candidates || !loss.samples.defined()) return loss.values.mean();
  const double samples = loss.samples.sum().item<double>();
  check_samples(who, samples);
  return samples > 0 ? loss.values.sum() / samples : at::Tensor();
}

}  // namespace

Outputs rows_of(const Outputs& outputs, const std::vector<OutputShape>& shapes,
                const std::vector<std::int64_t>& rows) {
  Outputs chosen;
  if (outputs.empty()) return chosen;
  for (const OutputShape& shape : shapes) {
    const at::Tensor& scores = outputs.at(shape.name);
    chosen.emplace(shape.name, scores.index_select(0, at::tensor(rows, at::kLong).to(scores.device())));
  }
  return chosen;
}

void label_samples(const Model& model, const Sentence& sentence, SentenceSample& sample) {
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const Task& task = model.tasks()[i];
    const std::size_t types = task.types(model.inventory(task));
    TaskSample& own = sample[i];
    own.first = first_types(task, sentence, own);
    own.hard = hard_targets(task, sentence, own, types);
    own.targets.assign(own.hard.size(), 0);
    if (task.of_pairs())
      task.labeler->label_pairs(sentence, task.view, sample[task.spans].spans, own.pairs, types, own.targets);
    else if (task.of_words())
      task.labeler->label_words(sentence, task.view, types, own.targets);
    else
      task.labeler->label_spans(sentence, task.view, own.spans, types, own.targets);
    check_targets(task.answerer("labeler"), own.targets);
  }
}

SentenceSample draw_samples(const Model& model, const Sentence& sentence, const Generator& generator) {
  SentenceSample sample = draw_candidates(model.tasks(), model.labels(), sentence, generator);
  label_samples(model, sentence, sample);
  return sample;
}

std::vector<std::int64_t> count_candidates(std::span<const Task> tasks, const Labels& labels,
                                           std::size_t index, std::span<const Sentence> training,
                                           const Generator& generator) {
  if (training.empty()) return {};
  const Task& task = tasks[index];
  const std::size_t types = task.types(labels.inventories[task.view]);
  std::vector<std::int64_t> counts(types + 1, 0);
  for (std::size_t s = 0; s < training.size(); ++s) {
    const TaskSample sample =
        std::move(draw_candidates(tasks, labels, training[s], generator.split(s))[index]);
    for (std::int64_t type : first_types(task, training[s], sample)) counts[0] += type < 0;
    const std::vector<float> hard = hard_targets(task, training[s], sample, types);
    for (std::size_t i = 0; i < hard.size(); ++i) counts[1 + i % types] += hard[i] > 0;
  }
  return counts;
}

std::vector<TaskScores> score_samples(Model& model, const Batch& batch,
                                      std::span<const SentenceSample> samples, Pass& pass) {
  const std::vector<Features> features = model.features(batch, pass);
  std::vector<TaskScores> all;
  for (std::size_t i = 0; i < model.tasks().size(); ++i) {
    const Task& task = model.tasks()[i];
    TaskScores scores;
    Outputs of_spans;
    if (task.of_pairs()) {
      SampledPairs sampled = sampled_pairs(batch, task, i, samples);
      if (task.head->reads_spans_outputs())
        of_spans = rows_of(all[task.spans].outputs, model.tasks()[task.spans].head->outputs(), sampled.rows);
      scores.candidates = std::move(sampled.candidates);
    } else if (task.of_words()) {
      scores.candidates = word_candidates(batch, gold_of(batch, task));
    } else {
      scores.candidates = sampled_spans(batch, task, i, samples);
    }
    const auto types = static_cast<std::int64_t>(task.types(model.inventory(task)));
    scores.targets =
        joined(samples, i, &TaskSample::targets, at::kFloat).view({-1, types}).to(model.device());
    scores.hard = joined(samples, i, &TaskSample::hard, at::kFloat).view({-1, types}).to(model.device());
    scores.first = joined(samples, i, &TaskSample::first, at::kLong).to(model.device());
    if (scores.candidates.size() == 0) {
      all.push_back(std::move(scores));
      continue;
    }
    if (task.of_pairs()) {
      scores.outputs =
          forward_in_parts(*task.head, trained(*task.head, *model.tasks()[task.spans].head), features[i],
                           scores.candidates, of_spans, pass, kMostPairs, task.answerer("head"));
    } else {
      scores.outputs = task.head->forward(features[i], scores.candidates, of_spans, pass);
    }
    check_outputs(task.answerer("head"), scores.outputs, task.head->outputs(), scores.candidates.size());
    all.push_back(std::move(scores));
  }
  return all;
}

BatchLoss batch_loss(const Model& model, const std::vector<TaskScores>& scores) {
  BatchLoss loss;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const Task& task = model.tasks()[i];
    if (scores[i].outputs.empty()) continue;
    for (const OutputShape& output : task.head->outputs()) {
      const LossValues values =
          task.losses.at(output.name)
              ->forward({scores[i].outputs.at(output.name), scores[i].targets, scores[i].hard,
                         scores[i].first, scores[i].candidates, scores[i].outputs});
      const Answerer who = task.answerer("loss." + output.name);
      check_loss(who, task.head->kind(), values, scores[i].candidates);
      const at::Tensor term = reduced(values, task.reduction, who);
      if (!term.defined()) continue;
      const double weight = task.weight_of(output.name);
      const at::Tensor weighted = weight == 1 ? term : term * weight;
      loss.total = loss.total.defined() ? loss.total + weighted : weighted;
      const std::string name = task.name + "." + output.name;
      loss.terms.emplace(name, term.detach());
      for (const auto& [part, value] : values.parts) loss.terms.emplace(name + "." + part, value.mean());
    }
  }
  return loss;
}

}  // namespace spanlab
