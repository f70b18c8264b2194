// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>

#include "statistics/t_tests.hpp"

// Numbers of a cross-validation. Folds are no repeats: the parts that they train on overlap, so that the
// plain variance of a mean is too small. Nadeau and Bengio (2003) add test part / training part = 1 / (folds
// - 1) to 1/n for the n = folds · repeats values, which stand in any order.

namespace spanlab::host {

/// As `summarise`, with the interval of the corrected variance. std::invalid_argument below two folds or
/// without values.
SPANLAB_API Summary summarise_folds(std::span<const double> values, std::size_t folds);

/// `resampled_t` of the differences between two rows with the same folds. std::invalid_argument below two
/// folds; no test below two differences and where all are equal.
SPANLAB_API std::optional<TTest> folds_t(std::span<const double> differences, std::size_t folds,
                                         double confidence = 0.95);

}  // namespace spanlab::host
