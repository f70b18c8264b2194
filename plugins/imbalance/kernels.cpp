// SPDX-License-Identifier: MIT
#include "imbalance/kernels.hpp"

#include <ATen/ATen.h>

#include <cmath>
#include <limits>

namespace spanlab {

namespace {

// log(1-p) of a softmax: the scores of the other classes against all. 1 - exp(log p) would lose it where p is
// near 1.
at::Tensor log_of_others(const at::Tensor& scores) {
  const std::int64_t columns = scores.size(1);
  const at::Tensor own = at::eye(columns, scores.options().dtype(at::kBool));
  const at::Tensor others = scores.unsqueeze(1)
                                .expand({-1, columns, -1})
                                .masked_fill(own, -std::numeric_limits<double>::infinity());
  return others.logsumexp(2) - scores.logsumexp(1, /*keepdim=*/true);
}

}  // namespace

at::Tensor focal_terms(const at::Tensor& scores, Form form, double gamma) {
  const bool softmax = form == Form::softmax;
  if (softmax && scores.size(1) == 1) return scores * 0;  // the only class has probability 1
  const at::Tensor log_p = softmax ? at::log_softmax(scores, 1) : at::log_sigmoid(scores);
  if (gamma == 0) return -log_p;
  const at::Tensor log_rest = softmax ? log_of_others(scores) : at::log_sigmoid(-scores);
  return -(gamma * log_rest).exp() * log_p;
}

std::vector<double> class_weights(std::span<const std::int64_t> counts, double beta) {
  std::vector<double> weights;
  double sum = 0, occurring = 0;
  for (std::int64_t count : counts) {
    const double effective =
        beta == 0 ? 1 : -std::expm1(static_cast<double>(count) * std::log(beta)) / (1 - beta);
    weights.push_back(count == 0 ? 0 : 1 / effective);
    sum += weights.back();
    occurring += count > 0;
  }
  for (double& weight : weights) weight *= sum > 0 ? occurring / sum : 0;
  return weights;
}

at::Tensor with_none(const at::Tensor& targets, std::int64_t columns) {
  if (columns == targets.size(1)) return targets;
  return at::cat({(1 - targets.sum(1, /*keepdim=*/true)).clamp_min(0), targets}, 1);
}

}  // namespace spanlab
