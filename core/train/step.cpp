// SPDX-License-Identifier: MIT
#include "train/step.hpp"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "spanlab/error.hpp"

namespace spanlab {

Optimizer make_optimizer(const Model& model, std::span<const EncodedSentence> occurring, const OptimizerSettings& settings) {
  std::set<std::int64_t> ids;
  for (const EncodedSentence& sentence : occurring) ids.insert(sentence.ids.begin(), sentence.ids.end());
  std::set<std::string> tables;
  for (const std::string& name : model.encoder().sparse_tables()) tables.insert("encoder." + name);
  const std::vector<RoundedWeight> rounded = model.encoder().rounded_weights();
  std::vector<NamedParameter> parameters;
  for (const auto& item : model.named_parameters()) {
    if (!item.value().requires_grad()) continue;
    NamedParameter parameter{item.key(), item.value(), {}, {}};
    if (tables.contains(item.key())) parameter.rows.assign(ids.begin(), ids.end());
    const auto copy = std::ranges::find_if(rounded, [&](const RoundedWeight& one) { return one.weight.is_same(item.value()); });
    if (copy != rounded.end()) parameter.rounded = copy->copy;
    parameters.push_back(std::move(parameter));
  }
  return Optimizer(std::move(parameters), settings);
}

std::string sentence_list(const Batch& batch) {
  std::string text;
  for (const Sentence* sentence : batch.sentences) text += fmt::format("{}'{}'", text.empty() ? "sentences " : ", ", sentence->id);
  return text;
}

StepLosses find_gradients(Model& model, const Batch& batch, std::span<const SentenceSample> samples, Pass& pass) {
  const BatchLoss loss = batch_loss(model, score_samples(model, batch, samples, pass));
  StepLosses losses;
  std::string bad;
  for (const auto& [name, term] : loss.terms) {
    losses.terms[name] = term.item<double>();
    if (!std::isfinite(losses.terms[name])) bad += fmt::format("{}loss term {} is {}", bad.empty() ? "" : ", ", name, losses.terms[name]);
  }
  if (!loss.total.defined()) return losses;
  losses.total = loss.total.item<double>();
  if (bad.empty() && !std::isfinite(losses.total)) bad = fmt::format("the sum of the losses is {}", losses.total);
  if (!bad.empty()) throw Error(ErrorKind::trial, "", fmt::format("{} ({})", bad, sentence_list(batch)));
  loss.total.backward();
  return losses;
}

}  // namespace spanlab
