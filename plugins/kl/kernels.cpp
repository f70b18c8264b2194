// SPDX-License-Identifier: MIT
#include "kl/kernels.hpp"

#include <ATen/ATen.h>

namespace spanlab {

at::Tensor divergence(const at::Tensor& scores, const at::Tensor& targets, Expectation under) {
  const at::Tensor log_p = at::log_softmax(scores, 1);
  // xlogy is 0 where q is 0, as q log q is in the limit.
  if (under == Expectation::labels) return (at::xlogy(targets, targets) - targets * log_p).mean(1);
  // log q does not exist for a candidate without a label. Its row is made ones, so that no NaN comes into the
  // gradient, and its value is then taken out.
  const at::Tensor labelled = targets.sum(1) > 0;
  const at::Tensor log_q = targets.masked_fill(~labelled.unsqueeze(1), 1).log();
  return (log_p.exp() * (log_p - log_q)).mean(1).masked_fill(~labelled, 0);
}

at::Tensor literal_divergence(const at::Tensor& scores, const at::Tensor& targets,
                              std::span<const std::int64_t> offsets, Expectation under) {
  std::vector<at::Tensor> log_p;
  for (std::size_t s = 0; s + 1 < offsets.size(); ++s)
    log_p.push_back(at::log_softmax(scores.slice(0, offsets[s], offsets[s + 1]), 0));
  if (log_p.empty()) return scores.sum(1);
  const at::Tensor all = at::cat(log_p);
  if (under == Expectation::labels) return (at::xlogy(targets, targets) - targets * all.exp()).mean(1);
  return (all.exp() * (all - targets)).mean(1);
}

}  // namespace spanlab
