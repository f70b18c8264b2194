// SPDX-License-Identifier: MIT
#include "model/samples.hpp"

#include <ATen/ATen.h>

namespace spanlab {

namespace {

std::vector<const Annotation*> gold_of(const Batch& batch, const Task& task) {
  std::vector<const Annotation*> gold;
  for (const Sentence* sentence : batch.sentences) gold.push_back(&sentence->views[task.view]);
  return gold;
}

at::Tensor targets_of(const Model& model, std::size_t task, std::span<const SentenceSample> samples, at::Device device) {
  const Inventory& inventory = model.inventory(model.tasks()[task]);
  const auto types = static_cast<std::int64_t>(model.tasks()[task].of_pairs() ? inventory.relations.size() : inventory.entities.size());
  std::vector<float> all;
  for (const SentenceSample& sample : samples) all.insert(all.end(), sample[task].targets.begin(), sample[task].targets.end());
  return at::tensor(all, at::kFloat).view({-1, types}).to(device);
}

Candidates sampled_spans(const Batch& batch, const Task& task, std::size_t index, std::span<const SentenceSample> samples) {
  std::vector<PlacedSpan> places;
  for (std::size_t s = 0; s < samples.size(); ++s) {
    for (const Span& span : samples[s][index].spans.spans) places.push_back({static_cast<std::int64_t>(s), span});
  }
  return span_candidates(batch, std::move(places), gold_of(batch, task));
}

/// Candidate pairs over those spans alone that a pair names, and which rows these are among the spans of the other task.
struct SampledPairs {
  Candidates candidates;
  std::vector<std::int64_t> rows;
};

SampledPairs sampled_pairs(const Batch& batch, const Task& task, std::size_t index, std::span<const SentenceSample> samples) {
  PlacedPairs placed;
  std::vector<std::int64_t> rows;
  std::int64_t first = 0;
  placed.offsets.push_back(0);
  for (std::size_t s = 0; s < samples.size(); ++s) {
    const std::vector<Span>& spans = samples[s][task.spans].spans.spans;
    std::vector<std::int32_t> place(spans.size(), -1);
    auto used = [&](std::int32_t row) {
      if (place[row] < 0) {
        place[row] = static_cast<std::int32_t>(placed.spans.size());
        placed.spans.push_back({static_cast<std::int64_t>(s), spans[row]});
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

Outputs rows_of(const Outputs& outputs, const std::vector<std::int64_t>& rows) {
  Outputs chosen;
  for (const auto& [name, scores] : outputs) chosen.emplace(name, scores.index_select(0, at::tensor(rows, at::kLong).to(scores.device())));
  return chosen;
}

}  // namespace

void label_samples(const Model& model, const Sentence& sentence, SentenceSample& sample) {
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const Task& task = model.tasks()[i];
    const Inventory& inventory = model.inventory(task);
    const std::size_t types = task.of_pairs() ? inventory.relations.size() : inventory.entities.size();
    TaskSample& own = sample[i];
    own.targets.assign((task.of_pairs() ? own.pairs.pairs.size() : own.spans.spans.size()) * types, 0);
    if (task.of_pairs()) task.labeler->label_pairs(sentence, task.view, sample[task.spans].spans, own.pairs, types, own.targets);
    else task.labeler->label_spans(sentence, task.view, own.spans, types, own.targets);
  }
}

SentenceSample draw_samples(const Model& model, const Sentence& sentence, const Generator& generator) {
  SentenceSample sample;
  for (const Task& task : model.tasks()) {
    const Annotation& gold = sentence.views[task.view];
    Generator own = generator.split(task.name);
    TaskSample drawn;
    if (task.of_pairs()) drawn.pairs = task.sampler->sample_pairs(sentence, gold, model.inventory(task), sample[task.spans].spans, own);
    else drawn.spans = task.sampler->sample_spans(sentence, gold, own);
    sample.push_back(std::move(drawn));
  }
  label_samples(model, sentence, sample);
  return sample;
}

std::vector<TaskScores> score_samples(Model& model, const Batch& batch, std::span<const SentenceSample> samples, Pass& pass) {
  const std::vector<Features> features = model.features(batch, pass);
  std::vector<TaskScores> all;
  for (std::size_t i = 0; i < model.tasks().size(); ++i) {
    const Task& task = model.tasks()[i];
    TaskScores scores;
    Outputs of_spans;
    if (task.of_pairs()) {
      SampledPairs sampled = sampled_pairs(batch, task, i, samples);
      if (task.head->reads_spans_outputs()) of_spans = rows_of(all[task.spans].outputs, sampled.rows);
      scores.candidates = std::move(sampled.candidates);
    } else {
      scores.candidates = sampled_spans(batch, task, i, samples);
    }
    scores.targets = targets_of(model, i, samples, model.device());
    if (scores.candidates.size() > 0) scores.outputs = task.head->forward(features[i], scores.candidates, of_spans, pass);
    all.push_back(std::move(scores));
  }
  return all;
}

BatchLoss batch_loss(const Model& model, const std::vector<TaskScores>& scores) {
  BatchLoss loss;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const Task& task = model.tasks()[i];
    for (const auto& [name, output] : scores[i].outputs) {
      const LossValues values = task.losses.at(name)->forward(output, scores[i].targets, scores[i].candidates);
      const at::Tensor mean = values.values.mean();
      const at::Tensor weighted = task.weight == 1 ? mean : mean * task.weight;
      loss.total = loss.total.defined() ? loss.total + weighted : weighted;
      loss.terms.emplace(task.name + "." + name, mean.detach());
      for (const auto& [part, value] : values.parts) loss.terms.emplace(task.name + "." + name + "." + part, value.mean());
    }
  }
  return loss;
}

}  // namespace spanlab
