// SPDX-License-Identifier: MIT
#include "statistics/folds.hpp"

#include <cmath>
#include <stdexcept>

#include "statistics/student.hpp"

namespace spanlab::host {
namespace {

double test_to_train(std::size_t folds) {
  if (folds < 2) throw std::invalid_argument("a cross-validation has two folds or more");
  return 1 / static_cast<double>(folds - 1);
}

}  // namespace

Summary summarise_folds(std::span<const double> values, std::size_t folds) {
  const double share = test_to_train(folds);
  Summary summary = summarise(values);
  if (!summary.deviation) return summary;
  const double n = static_cast<double>(summary.n);
  const double error = std::sqrt(1 / n + share) * *summary.deviation;
  summary.interval = t_interval(summary.mean, error, n - 1, 0.95);
  return summary;
}

std::optional<TTest> folds_t(std::span<const double> differences, std::size_t folds, double confidence) {
  return resampled_t(differences, test_to_train(folds), confidence);
}

}  // namespace spanlab::host
