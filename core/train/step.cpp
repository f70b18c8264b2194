// SPDX-License-Identifier: MIT
#include "train/step.hpp"

#include <ATen/ATen.h>
#include <fmt/format.h>
#include <torch/csrc/autograd/autograd.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "sdk/answers.hpp"
#include "sdk/utf8.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host {

namespace {

bool decays(const Model& model, const at::Tensor& weight) {
  return std::ranges::none_of(model.modules(/*include_self=*/false), [&](const auto& inside) {
    const auto* module = dynamic_cast<const Module*>(inside.get());
    return module && module->has_no_decay(weight);
  });
}

}  // namespace

Optimizer make_optimizer(const Model& model, std::span<const EncodedSentence> occurring,
                         const OptimizerSettings& settings) {
  std::set<std::int64_t> ids;
  for (const EncodedSentence& sentence : occurring) ids.insert(sentence.ids.begin(), sentence.ids.end());
  std::set<std::string> tables;
  for (const std::string& name : model.encoder().sparse_tables()) tables.insert("encoder." + name);
  const std::vector<RoundedWeight> rounded = model.encoder().rounded_weights();
  std::vector<NamedParameter> parameters;
  for (const auto& item : model.named_parameters()) {
    if (!item.value().requires_grad()) continue;
    NamedParameter parameter{item.key(), item.value(), {}, {}};
    parameter.decays = decays(model, item.value());
    for (const Task& task : model.tasks()) {
      if (item.key().starts_with(task.name + ".")) parameter.rate = task.rate;
    }
    if (tables.contains(item.key())) {
      check_table(Call(model.encoder().context(), "sparse_tables"), item.key(), item.value(), ids);
      parameter.rows.assign(ids.begin(), ids.end());
    }
    const auto copy = std::ranges::find_if(
        rounded, [&](const RoundedWeight& one) { return one.weight.is_same(item.value()); });
    if (copy != rounded.end()) {
      check_copy(Call(model.encoder().context(), "rounded_weights"), item.key(), *copy);
      parameter.rounded = copy->copy;
    }
    parameters.push_back(std::move(parameter));
  }
  return Optimizer(std::move(parameters), settings);
}

Error no_embeddings() {
  return Error(ErrorKind::usage, "train.adversarial_norm",
               "expected 0: this encoder shows no embeddings that could be moved (it is frozen, or knows "
               "nothing of it)");
}

std::string sentence_list(const Batch& batch) {
  std::string text;
  for (const Sentence* sentence : batch.sentences)
    text += fmt::format("{}'{}'", text.empty() ? "sentences " : ", ", sentence->id);
  return text;
}

namespace {

// The losses as numbers; throws if one is none.
StepLosses numbers_of(const BatchLoss& loss, const Batch& batch) {
  StepLosses losses;
  std::string bad;
  for (const auto& [given, term] : loss.terms) {
    const std::string name = valid_utf8(given);
    losses.terms[name] = term.item<double>();
    if (!std::isfinite(losses.terms[name]))
      bad += fmt::format("{}loss term {} is {}", bad.empty() ? "" : ", ", name, losses.terms[name]);
  }
  if (!loss.total.defined()) return losses;
  losses.total = loss.total.item<double>();
  if (bad.empty() && !std::isfinite(losses.total))
    bad = fmt::format("the sum of the losses is {}", losses.total);
  if (!bad.empty()) throw Error(ErrorKind::trial, "", fmt::format("{} ({})", bad, sentence_list(batch)));
  return losses;
}

// `gradient` [U,D] scaled to `length` in each sentence; zeros where there is no gradient.
at::Tensor scaled(const at::Tensor& gradient, const Batch& batch, double length) {
  const at::NoGradGuard no_gradients;
  at::Tensor result = gradient.clone();
  for (std::int64_t s = 0; s < batch.size(); ++s) {
    const at::Tensor part = result.slice(0, batch.unit_offsets[s], batch.unit_offsets[s + 1]);
    const at::Tensor norm = part.norm();
    part.mul_(at::where(norm > 0, length / norm, at::zeros_like(norm)));
  }
  return result;
}

}  // namespace

StepLosses find_gradients(Model& model, const Batch& batch, std::span<const SentenceSample> samples,
                          Pass& pass, const Adversary& adversary) {
  Perturbation perturbation;
  Pass watched{pass.mode, pass.generator, adversary.norm > 0 ? &perturbation : nullptr};
  const Generator masks =
      pass.generator;  // dropout is the same in every pass, so that the gradient is that of one function
  const BatchLoss loss = batch_loss(model, score_samples(model, batch, samples, watched));
  StepLosses losses = numbers_of(loss, batch);
  if (!loss.total.defined()) return losses;
  loss.total.backward();
  if (adversary.norm == 0) return losses;
  if (!perturbation.seen.defined()) {
    throw no_embeddings();
  }
  at::Tensor gradient = perturbation.seen.grad();
  for (std::int64_t step = 1; step <= adversary.steps && gradient.defined(); ++step) {
    const at::Tensor further = scaled(gradient, batch, adversary.norm / static_cast<double>(adversary.steps));
    perturbation.added = perturbation.added.defined() ? perturbation.added + further : further;
    pass.generator = masks;
    const BatchLoss moved = batch_loss(model, score_samples(model, batch, samples, watched));
    if (step < adversary.steps) {
      gradient = torch::autograd::grad({moved.total}, {perturbation.seen})[0];
      continue;
    }
    losses.terms["adversarial"] = numbers_of(moved, batch).total;
    losses.total += losses.terms["adversarial"];
    moved.total.backward();
  }
  return losses;
}

}  // namespace spanlab::host
