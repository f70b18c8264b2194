// SPDX-License-Identifier: MIT
#include "train/epoch_means.hpp"

namespace spanlab::host {

void EpochMeans::add(const StepLosses& losses, const std::map<std::string, RunningMean>& records) {
  for (const auto& [name, value] : losses.terms) terms[name] += {value, 1};
  terms[kTotalLoss] += {losses.total, 1};
  for (const auto& [name, mean] : records) recorded[name] += mean;
}

EpochLosses EpochMeans::losses(std::int64_t steps) const {
  EpochLosses losses;
  for (const auto& [name, mean] : terms) {
    if (name != kTotalLoss)
      losses.terms.emplace(name, mean.value());
    else if (mean.count == steps)
      losses.total = mean.value();
  }
  return losses;
}

std::map<std::string, double> EpochMeans::log() const {
  std::map<std::string, double> means;
  for (const auto& [name, mean] : recorded) means[name] = mean.value();
  return means;
}

}  // namespace spanlab::host
