// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

#include "spanlab/generator.hpp"
#include "statistics/system_counts.hpp"

// For the claim that these trained models differ on texts like these (approximate randomisation, Noreen 1989;
// Yeh 2000): if they do not, the two systems' answers on a document could as well be exchanged, for all seeds
// together. Where the systems differ in their number of seeds, each stands with copies of its seeds up to the
// least common multiple, which leaves the means as they are. Differences that are equal but for rounding
// (1e-12) are equal. std::invalid_argument as for all comparisons over documents (system_counts.hpp).

namespace spanlab::host {

struct Randomisation {
  double difference = 0;  ///< observed: mean ratio of a less that of b
  double p = 1;           ///< two-sided
  double p_greater = 1;   ///< against the alternative that a is higher
  std::size_t draws = 0;  ///< swaps tried
};

/// By random swaps: p = (1 + as far or farther) / (1 + draws).
SPANLAB_API Randomisation randomisation_over_documents(const SystemCounts& a, const SystemCounts& b,
                                                       Ratio ratio, std::size_t draws, Generator& generator);

/// Above this number of documents there are too many swaps to try all.
inline constexpr std::size_t kMostExactDocuments = 20;

/// By all 2ᴰ swaps: p is their share. std::invalid_argument above `kMostExactDocuments`.
SPANLAB_API Randomisation exact_randomisation_over_documents(const SystemCounts& a, const SystemCounts& b,
                                                             Ratio ratio);

}  // namespace spanlab::host
