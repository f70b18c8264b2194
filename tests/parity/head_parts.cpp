// SPDX-License-Identifier: MIT
#include "parity/head_parts.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <limits>

namespace spanlab::test {

double margin_of(const crf::Chain& chain, crf::Steps steps, const crf::Path& best) {
  constexpr double kForbidden = -std::numeric_limits<double>::infinity();
  double second = kForbidden;
  for (std::int64_t word = 0; word < chain.emissions.size(0); ++word) {
    for (std::int64_t tag = 0; tag < chain.emissions.size(1); ++tag) {
      if (tag == best.tags[static_cast<std::size_t>(word)]) continue;
      crf::Chain forced = chain;
      forced.emissions = chain.emissions.clone();
      forced.emissions[word].fill_(kForbidden);
      forced.emissions[word][tag] = chain.emissions[word][tag];
      second = std::max(second, crf::viterbi(forced, steps).score);
    }
  }
  return best.score - second;
}

at::Tensor last_layer_inputs(Head& head, const Features& features, const Candidates& candidates) {
  const at::NoGradGuard no_gradients;
  Generator unused(0);
  Pass pass{Mode::evaluation, unused};
  const auto parameters = head.named_parameters();
  at::Tensor weight = parameters["ff2_weight"], bias = parameters["ff2_bias"];
  const at::Tensor given_weight = weight.clone(), given_bias = bias.clone();
  const std::int64_t outputs = weight.size(0), inputs = weight.size(1);
  std::vector<at::Tensor> shown;
  bias.zero_();
  for (std::int64_t first = 0; first < inputs; first += outputs) {
    const std::int64_t count = std::min(outputs, inputs - first);
    weight.zero_();
    for (std::int64_t i = 0; i < count; ++i) weight[i][first + i] = 1;
    shown.push_back(head.forward(features, candidates, {}, pass).at("classify").slice(1, 0, count));
  }
  weight.copy_(given_weight);
  bias.copy_(given_bias);
  return at::cat(shown, 1);
}

void compare_pair_inputs(Comparison& comparison, const at::Tensor& shown, const at::Tensor& pairs,
                         const at::Tensor& f, const at::Tensor& cosine, const at::Tensor& distmult,
                         const std::string& place) {
  const std::int64_t hidden = f.size(1), first = 2 * hidden;
  comparison.scaled("hidden states of heads", shown.slice(1, 0, hidden),
                    f.index_select(0, pairs.select(1, 0)), 1e-4, place);
  comparison.scaled("hidden states of tails", shown.slice(1, hidden, first),
                    f.index_select(0, pairs.select(1, 1)), 1e-4, place);
  comparison.scaled("cosines", shown.select(1, first), cosine, 1e-4, place);
  comparison.scaled("DistMult", shown.slice(1, first + 1), distmult, 1e-4, place);
}

}  // namespace spanlab::test
