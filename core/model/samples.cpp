// SPDX-License-Identifier: MIT
#include "model/samples.hpp"

#include <ATen/ATen.h>

#include "model/over_tasks.hpp"
#include "sdk/answers.hpp"
#include "tasks/kind.hpp"

namespace spanlab::host {

namespace {

// The spans that the task's candidates are made of, if another one draws them.
const SpanSample* spans_for(const Task& task, const SentenceSample& sample) {
  return task.takes_spans() ? sample[task.spans].drawn->spans() : nullptr;
}

SentenceSample draw_candidates(std::span<const Task> tasks, const Labels& labels, const Sentence& sentence,
                               const Generator& generator) {
  SentenceSample sample;
  for (const Task& task : tasks) {
    Generator own = generator.split(task.name);
    const Inventory& inventory = labels.inventories[task.view];
    TaskSample drawn;
    drawn.drawn = task.kind->draw({task, inventory, sentence, spans_for(task, sample), own});
    sample.push_back(std::move(drawn));
  }
  return sample;
}

void label_sample(const Task& task, const Inventory& inventory, const Sentence& sentence,
                  const SpanSample* spans, TaskSample& sample) {
  const Labelling labelling{task, sentence, *sample.drawn, spans, task.types(inventory)};
  const GoldTypes gold = task.kind->gold_types(labelling);
  sample.first = first_types(gold);
  sample.hard = hard_targets(gold, labelling.types);
  sample.targets.assign(sample.hard.size(), 0);
  task.kind->label(labelling, sample.targets);
}

template <typename Number>
at::Tensor joined(const BatchSamples& samples, std::vector<Number> TaskSample::* member,
                  at::ScalarType type) {
  std::vector<Number> all;
  for (std::size_t s = 0; s < samples.sentences.size(); ++s) {
    const std::vector<Number>& own = samples.of(s).*member;
    all.insert(all.end(), own.begin(), own.end());
  }
  return at::tensor(all, type);
}

TaskScores score_task(const TaskPass& pass, const BatchSamples& samples) {
  const auto types = static_cast<std::int64_t>(pass.task.types(pass.inventory));
  const at::Device device = pass.batch.ids.device();
  const at::ScalarType number = pass.features.units.scalar_type();
  TaskScores scores;
  scores.targets = joined(samples, &TaskSample::targets, at::kFloat).view({-1, types}).to(device, number);
  scores.hard = joined(samples, &TaskSample::hard, at::kFloat).view({-1, types}).to(device, number);
  scores.first = joined(samples, &TaskSample::first, at::kLong).to(device);
  static_cast<Scored&>(scores) = pass.score(pass.task.kind->place(pass, samples));
  return scores;
}

// Undefined if nothing counts.
at::Tensor reduced(const LossValues& loss, Reduction reduction, const Loss& from) {
  if (reduction == Reduction::sum) return loss.values.sum();
  if (reduction == Reduction::candidates || !loss.samples.defined()) return loss.values.mean();
  const double samples = loss.samples.sum().item<double>();
  check_samples(Call(from.context(), "forward"), samples);
  return samples > 0 ? loss.values.sum() / samples : at::Tensor();
}

void add_term(const Task& task, const std::string& output, const TaskScores& scores, BatchLoss& sum) {
  Loss& loss = *task.losses.at(output);
  const LossInput input{scores.outputs.at(output),
                        scores.targets,
                        scores.hard,
                        scores.first,
                        scores.candidates,
                        scores.outputs,
                        task.kind->may_score_sentences()};
  const LossValues values = loss.forward(input);
  const at::Tensor term = reduced(values, task.reduction, loss);
  if (!term.defined()) return;
  const double weight = task.weight_of(output);
  const at::Tensor weighted = weight == 1 ? term : term * weight;
  sum.total = sum.total.defined() ? sum.total + weighted : weighted;
  const std::string name = task.name + "." + output;
  sum.terms.emplace(name, term.detach());
  for (const auto& [part, value] : values.parts) sum.terms.emplace(name + "." + part, value.mean());
}

}  // namespace

void label_samples(const Model& model, const Sentence& sentence, SentenceSample& sample) {
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const Task& task = model.tasks()[i];
    label_sample(task, model.inventory(task), sentence, spans_for(task, sample), sample[i]);
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
    const SentenceSample sample = draw_candidates(tasks, labels, training[s], generator.split(s));
    const SpanSample* spans = spans_for(task, sample);
    const GoldTypes gold = task.kind->gold_types({task, training[s], *sample[index].drawn, spans, types});
    for (const std::int64_t type : first_types(gold)) counts[0] += type < 0;
    const std::vector<float> hard = hard_targets(gold, types);
    for (std::size_t i = 0; i < hard.size(); ++i) counts[1 + i % types] += hard[i] > 0;
  }
  return counts;
}

std::vector<TaskScores> score_samples(Model& model, const Batch& batch,
                                      std::span<const SentenceSample> samples, Pass& pass) {
  std::vector<TaskScores> all;
  over_tasks(model, batch, pass, kMostCandidates, [&](const TaskPass& one) {
    all.push_back(score_task(one, {samples, all.size()}));
    return SpansLeft{all.back().outputs};
  });
  return all;
}

BatchLoss batch_loss(const Model& model, const std::vector<TaskScores>& scores) {
  BatchLoss loss;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const Task& task = model.tasks()[i];
    if (scores[i].outputs.empty()) continue;
    for (const OutputShape& output : task.head->outputs()) add_term(task, output.name, scores[i], loss);
  }
  return loss;
}

}  // namespace spanlab::host
