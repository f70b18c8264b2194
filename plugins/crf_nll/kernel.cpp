// SPDX-License-Identifier: MIT
#include "crf_nll/kernel.hpp"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "spanlab/tags.hpp"

namespace spanlab {

namespace {

constexpr double kNever = -std::numeric_limits<double>::infinity();

/// The numbers of one CRF and the emissions of one sentence.
struct Chain {
  std::int64_t tags;
  const double* emissions;          // [T,K]
  std::vector<double> transitions;  // [K,K], illegal ones -inf where they do not count
  std::vector<double> start;
  const double* end;
};

double log_sum(const std::vector<double>& terms) {
  const double largest = *std::ranges::max_element(terms);
  if (largest == kNever) return kNever;
  double sum = 0;
  for (double term : terms) sum += std::exp(term - largest);
  return largest + std::log(sum);
}

/// Logarithms of the sums over all beginnings (ending in a tag at a word) and all continuations (after it).
struct Lattice {
  std::vector<double> alpha;  // [T,K]
  std::vector<double> beta;   // [T,K]
  double partition = 0;
};

// The forward-backward algorithm. K tags and T words have K to the power of T sequences; their sum is found
// word by word from K sums, one over all beginnings that end in each tag, and the other way round for
// continuations. All in logarithms: the sums themselves would leave the range of numbers in a long sentence.
Lattice lattice_of(const Chain& chain, std::int64_t words) {
  const std::int64_t tags = chain.tags;
  Lattice lattice{std::vector<double>(words * tags), std::vector<double>(words * tags), 0};
  std::vector<double> terms(tags);
  for (std::int64_t y = 0; y < tags; ++y) {
    lattice.alpha[y] = chain.start[y] + chain.emissions[y];
    lattice.beta[(words - 1) * tags + y] = chain.end[y];
  }
  for (std::int64_t t = 1; t < words; ++t) {
    for (std::int64_t y = 0; y < tags; ++y) {
      for (std::int64_t x = 0; x < tags; ++x)
        terms[x] = lattice.alpha[(t - 1) * tags + x] + chain.transitions[x * tags + y];
      lattice.alpha[t * tags + y] = log_sum(terms) + chain.emissions[t * tags + y];
    }
  }
  for (std::int64_t t = words - 1; t > 0; --t) {
    for (std::int64_t x = 0; x < tags; ++x) {
      for (std::int64_t y = 0; y < tags; ++y) {
        terms[y] =
            chain.transitions[x * tags + y] + chain.emissions[t * tags + y] + lattice.beta[t * tags + y];
      }
      lattice.beta[(t - 1) * tags + x] = log_sum(terms);
    }
  }
  for (std::int64_t y = 0; y < tags; ++y) terms[y] = lattice.alpha[(words - 1) * tags + y] + chain.end[y];
  lattice.partition = log_sum(terms);
  return lattice;
}

/// The value of one sentence, log partition minus score, and its gradients: how often the model expects each
/// tag, start, end and transition, minus how often `gold` has it. The expectation of a tag at a word is the
/// share of the partition of all sequences through it, e^(alpha + beta - partition).
double sentence_nll(const Chain& chain, std::int64_t words, const std::int64_t* gold, double* emissions,
                    double* transitions, double* start, double* end) {
  const std::int64_t tags = chain.tags;
  const Lattice lattice = lattice_of(chain, words);
  double score = chain.start[gold[0]] + chain.end[gold[words - 1]];
  for (std::int64_t t = 0; t < words; ++t) {
    for (std::int64_t y = 0; y < tags; ++y) {
      emissions[t * tags + y] =
          std::exp(lattice.alpha[t * tags + y] + lattice.beta[t * tags + y] - lattice.partition);
    }
  }
  for (std::int64_t y = 0; y < tags; ++y) {
    start[y] = emissions[y];
    end[y] = emissions[(words - 1) * tags + y];
  }
  for (std::int64_t t = 1; t < words; ++t) {
    for (std::int64_t x = 0; x < tags; ++x) {
      for (std::int64_t y = 0; y < tags; ++y) {
        transitions[x * tags + y] +=
            std::exp(lattice.alpha[(t - 1) * tags + x] + chain.transitions[x * tags + y] +
                     chain.emissions[t * tags + y] + lattice.beta[t * tags + y] - lattice.partition);
      }
    }
    transitions[gold[t - 1] * tags + gold[t]] -= 1;
    score += chain.transitions[gold[t - 1] * tags + gold[t]];
  }
  for (std::int64_t t = 0; t < words; ++t) {
    emissions[t * tags + gold[t]] -= 1;
    score += chain.emissions[t * tags + gold[t]];
  }
  start[gold[0]] -= 1;
  end[gold[words - 1]] -= 1;
  return lattice.partition - score;
}

std::vector<double> numbers_of(const at::Tensor& tensor) {
  return {tensor.const_data_ptr<double>(), tensor.const_data_ptr<double>() + tensor.numel()};
}

Chain chain_of(const CrfScores& scores, Sequences sequences) {
  const std::int64_t tags = scores.start.size(0);
  Chain chain{tags, nullptr, numbers_of(scores.transitions), numbers_of(scores.start),
              scores.end.const_data_ptr<double>()};
  if (sequences == Sequences::all) return chain;
  for (std::int64_t y = 0; y < tags; ++y) {
    if (!may_follow(-1, y)) chain.start[y] = kNever;
    for (std::int64_t x = 0; x < tags; ++x) {
      if (!may_follow(x, y)) chain.transitions[x * tags + y] = kNever;
    }
  }
  return chain;
}

at::Tensor on_processor(const at::Tensor& tensor) {
  return tensor.detach().to(at::kCPU, at::kDouble).contiguous();
}

struct CrfNll : torch::autograd::Function<CrfNll> {
  static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& emissions,
                            const at::Tensor& transitions, const at::Tensor& start, const at::Tensor& end,
                            const at::Tensor& tags, const at::Tensor& offsets, bool legal) {
    const CrfScores scores{on_processor(emissions), on_processor(transitions), on_processor(start),
                           on_processor(end)};
    const at::Tensor gold = tags.to(at::kCPU).contiguous();
    const std::int64_t sentences = offsets.size(0) - 1, count = scores.start.size(0);
    const auto* offset = offsets.const_data_ptr<std::int64_t>();
    at::Tensor values = at::zeros({sentences}, at::kDouble), of_emissions = at::zeros_like(scores.emissions);
    at::Tensor of_transitions = at::zeros({sentences, count, count}, at::kDouble);
    at::Tensor of_start = at::zeros({sentences, count}, at::kDouble),
               of_end = at::zeros({sentences, count}, at::kDouble);
    Chain chain = chain_of(scores, legal ? Sequences::legal : Sequences::all);
    for (std::int64_t s = 0; s < sentences; ++s) {
      const std::int64_t words = offset[s + 1] - offset[s];
      if (words == 0) continue;
      chain.emissions = scores.emissions.const_data_ptr<double>() + offset[s] * count;
      values.mutable_data_ptr<double>()[s] = sentence_nll(
          chain, words, gold.const_data_ptr<std::int64_t>() + offset[s],
          of_emissions.mutable_data_ptr<double>() + offset[s] * count,
          of_transitions.mutable_data_ptr<double>() + s * count * count,
          of_start.mutable_data_ptr<double>() + s * count, of_end.mutable_data_ptr<double>() + s * count);
    }
    // The backward pass only weights these gradients by what comes from above, sentence by sentence.
    const at::Tensor lengths = offsets.slice(0, 1) - offsets.slice(0, 0, sentences);
    context->save_for_backward({of_emissions, of_transitions, of_start, of_end, lengths});
    context->saved_data["like"] = emissions.detach().slice(0, 0, 0);
    return values.to(emissions.options());
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 torch::autograd::variable_list upstream) {
    const auto saved = context->get_saved_variables();
    const at::TensorOptions like = context->saved_data["like"].toTensor().options();
    const at::Tensor factor = on_processor(upstream[0]);
    const at::Tensor per_word = factor.repeat_interleave(saved[4]);
    return {(saved[0] * per_word.unsqueeze(1)).to(like),
            (saved[1] * factor.view({-1, 1, 1})).sum(0).to(like),
            factor.unsqueeze(0).mm(saved[2]).squeeze(0).to(like),
            factor.unsqueeze(0).mm(saved[3]).squeeze(0).to(like),
            {},
            {},
            {}};
  }
};

}  // namespace

at::Tensor crf_nll(const CrfScores& scores, const at::Tensor& tags, std::span<const std::int64_t> offsets,
                   Sequences sequences) {
  const at::Tensor bounds = at::tensor(at::IntArrayRef(offsets.data(), offsets.size()), at::kLong);
  return CrfNll::apply(scores.emissions, scores.transitions, scores.start, scores.end, tags, bounds,
                       sequences == Sequences::legal);
}

}  // namespace spanlab
