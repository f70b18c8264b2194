// SPDX-License-Identifier: MIT
#include "crf/viterbi.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "spanlab/tags.hpp"

namespace spanlab::crf {

namespace {

constexpr double kNever = -std::numeric_limits<double>::infinity();

const double* row(const at::Tensor& matrix, std::int64_t index) {
  return matrix.const_data_ptr<double>() + index * matrix.size(1);
}

}  // namespace

// `best` holds, for each tag, the score of the best beginning that ends in it at the word so far, and
// `before` which tag that one has before: the best path is read off backwards.
Path viterbi(const Chain& chain, Steps steps) {
  const std::int64_t words = chain.emissions.size(0), tags = chain.emissions.size(1);
  const auto allowed = [&](std::int64_t from, std::int64_t to) {
    return steps == Steps::all || may_follow(from, to);
  };
  std::vector<double> best(tags), next(tags);
  std::vector<std::int64_t> before(words * tags);
  for (std::int64_t to = 0; to < tags; ++to) {
    best[to] =
        allowed(-1, to) ? chain.start.const_data_ptr<double>()[to] + row(chain.emissions, 0)[to] : kNever;
  }
  for (std::int64_t word = 1; word < words; ++word) {
    for (std::int64_t to = 0; to < tags; ++to) {
      next[to] = kNever;
      for (std::int64_t from = 0; from < tags; ++from) {
        const double score = allowed(from, to) ? best[from] + row(chain.transitions, from)[to] : kNever;
        if (!(score > next[to])) continue;
        next[to] = score;
        before[word * tags + to] = from;
      }
      next[to] += row(chain.emissions, word)[to];
    }
    std::swap(best, next);
  }
  for (std::int64_t tag = 0; tag < tags; ++tag) best[tag] += chain.end.const_data_ptr<double>()[tag];
  const auto last = std::ranges::max_element(best);
  Path path{std::vector<std::int64_t>(words, last - best.begin()), *last};
  for (std::int64_t word = words - 1; word > 0; --word)
    path.tags[word - 1] = before[word * tags + path.tags[word]];
  return path;
}

double log_partition(const Chain& chain) {
  at::Tensor sums = chain.start + chain.emissions[0];
  for (std::int64_t word = 1; word < chain.emissions.size(0); ++word) {
    sums = at::logsumexp(sums.unsqueeze(1) + chain.transitions, 0) + chain.emissions[word];
  }
  return at::logsumexp(sums + chain.end, 0).item<double>();
}

}  // namespace spanlab::crf
