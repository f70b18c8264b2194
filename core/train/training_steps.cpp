// SPDX-License-Identifier: MIT
#include "train/training_steps.hpp"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <cmath>
#include <numeric>

#include "spanlab/error.hpp"

namespace spanlab::host {

TrainingSteps::TrainingSteps(Model& model, Optimizer& optimizer, const Split& training,
                             const TrainSettings& settings, const Generator& root, TrialContext& context)
    : model_(model),
      optimizer_(optimizer),
      training_(training),
      settings_(settings),
      root_(root),
      context_(context),
      per_epoch_(steps_per_epoch(training.corpus.sentences.size(), settings.batch)) {
  const std::int64_t total = settings.epochs * per_epoch_;
  schedule_ = {settings.lr, settings.warmup * static_cast<double>(total), total, settings.schedule};
}

// The order of the sentences in an epoch depends on the seed and the epoch alone.
void TrainingSteps::shuffle(std::int64_t epoch) {
  if (epoch == shuffled_epoch_) return;
  Generator generator = root_.split("order").split(static_cast<std::uint64_t>(epoch));
  order_.resize(training_.corpus.sentences.size());
  std::iota(order_.begin(), order_.end(), 0);
  for (std::size_t i = order_.size(); i > 1; --i) std::swap(order_[i - 1], order_[generator.below(i)]);
  shuffled_epoch_ = epoch;
}

std::span<const std::size_t> TrainingSteps::sentences_of(std::int64_t number) {
  shuffle(number / per_epoch_);
  const auto count = static_cast<std::size_t>(settings_.batch);
  return std::span(order_).subspan(static_cast<std::size_t>(number % per_epoch_) * count, count);
}

StepLosses TrainingSteps::gradients(std::int64_t number, const Batch& batch,
                                    std::span<const std::size_t> chosen) {
  const auto epoch = static_cast<std::uint64_t>(number / per_epoch_);
  const Generator of_epoch = root_.split("samples").split(epoch);
  Generator dropout = root_.split("dropout").split(static_cast<std::uint64_t>(number));
  Pass pass{Mode::training, dropout};
  std::vector<SentenceSample> samples;
  for (std::size_t index : chosen) {
    samples.push_back(draw_samples(model_, training_.corpus.sentences[index], of_epoch.split(index)));
  }
  const Adversary adversary{settings_.adversarial_norm, settings_.adversarial_steps};
  return find_gradients(model_, batch, samples, pass, adversary);
}

Progress TrainingSteps::progress(std::int64_t number) const {
  return {number / per_epoch_, settings_.epochs, number, total()};
}

StepLosses TrainingSteps::take(std::int64_t number) {
  const std::string place = fmt::format("step {}", number + 1);
  const std::span<const std::size_t> chosen = sentences_of(number);
  std::vector<Item> items;
  for (std::size_t index : chosen) {
    items.push_back({&training_.corpus.sentences[index], &training_.encoded[index]});
  }
  const Batch batch = make_batch(items, model_.device());
  context_.begin_step(progress(number));
  StepLosses losses;
  try {
    losses = gradients(number, batch, chosen);
  } catch (const Error& error) {
    throw Error(ErrorKind::trial, place, error.what());
  }
  const double norm = optimizer_.step(schedule_.rate(number)).item<double>();
  if (std::isfinite(norm)) return losses;
  throw Error(ErrorKind::trial, place,
              fmt::format("the norm of the gradients is {} ({})", norm, sentence_list(batch)));
}

}  // namespace spanlab::host
