// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>

#include "spanlab/export.hpp"
#include "spanlab/generator.hpp"

// Almost stochastic order (del Barrio et al. 2018; Dror et al. 2019): how far a's scores are from being
// higher than b's at every quantile. std::invalid_argument for an empty group.

namespace spanlab::host {

/// Between the empirical quantile functions of two groups of scores, exact.
struct StochasticOrder {
  /// The part of the squared distance that lies where a is lower: 0 if a is nowhere lower, 1 if nowhere
  /// higher, 0.5 for equal groups.
  double violation_ratio = 0.5;
  double squared_wasserstein = 0;  ///< integral of the squared difference of the quantile functions
};

SPANLAB_API StochasticOrder stochastic_order(std::span<const double> a, std::span<const double> b);

struct AlmostStochasticOrder : StochasticOrder {
  /// An upper limit of the violation ratio, between 0 and 1. Not to be told alone: with few scores it is
  /// below 0.5 for one in five pairs of equal systems.
  double eps_min = 1;
  double deviation = 0;  ///< of the ratio over resamples
  double sigma = 0;      ///< deviation · √(nm / (n + m))
};

/// `eps_min` is the ratio plus the normal quantile of `confidence` times the deviation over pairs of
/// resamples, both groups drawn with replacement.
SPANLAB_API AlmostStochasticOrder almost_stochastic_order(std::span<const double> a,
                                                          std::span<const double> b, std::size_t resamples,
                                                          Generator& generator, double confidence = 0.95);

}  // namespace spanlab::host
