// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "statistics/system_counts.hpp"

namespace spanlab::host {

/// A system whose ratio is written as a mean over documents (see two_way.hpp).
struct Linearised {
  std::size_t seeds = 0;
  std::size_t documents = 0;
  std::vector<double> ratios;  ///< F of each seed
  std::vector<double> z;       ///< `z[seed * documents + document]`
  std::vector<double> means;   ///< over seeds: zbar of each document
};

Linearised linearise(const SystemCounts& system, Ratio ratio);

/// The differences between two systems of as many seeds and documents, number by number.
Linearised difference_of(const Linearised& a, const Linearised& b);

/// Σ over seeds and documents of (z - zbar)² / ((S - 1) (D - 1)) / (S D).
double interaction_of(const Linearised& system);

/// a - b of two lists of one length.
std::vector<double> minus(const std::vector<double>& a, const std::vector<double>& b);

}  // namespace spanlab::host
