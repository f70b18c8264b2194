// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <vector>

#include "spanlab/export.hpp"

// Adjusted p values of a family of tests, in the order given, each at most 1. A test is rejected at a level
// where its adjusted p is at most that.

namespace spanlab::host {

/// Each p times the number of tests.
SPANLAB_API std::vector<double> bonferroni(std::span<const double> p);

/// The chance of one false rejection or more, whatever holds (Holm 1979).
SPANLAB_API std::vector<double> holm(std::span<const double> p);

/// The expected share of false ones among the rejections, for independent tests (Benjamini and Hochberg
/// 1995).
SPANLAB_API std::vector<double> benjamini_hochberg(std::span<const double> p);

}  // namespace spanlab::host
