// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>

#include "spanlab/export.hpp"

// How far two independent groups lie apart. std::invalid_argument for an empty group.

namespace spanlab::host {

/// Difference of means over the pooled standard deviation (Cohen 1988). None below three values in all, and
/// where no group varies.
SPANLAB_API std::optional<double> cohens_d(std::span<const double> a, std::span<const double> b);

/// Cohen's d without its bias in small groups (Hedges 1981): d · J, J = Γ(v/2) / (√(v/2) Γ((v - 1)/2)) with
/// v = n + m - 2.
SPANLAB_API std::optional<double> hedges_g(std::span<const double> a, std::span<const double> b);

/// The same with J ≈ 1 - 3 / (4v - 1).
SPANLAB_API std::optional<double> hedges_g_approximate(std::span<const double> a, std::span<const double> b);

/// P(a > b) - P(a < b) of a value of each group (Cliff 1993).
SPANLAB_API double cliffs_delta(std::span<const double> a, std::span<const double> b);

/// P(a > b) + P(a = b) / 2 (Vargha and Delaney 2000).
SPANLAB_API double a12(std::span<const double> a, std::span<const double> b);

}  // namespace spanlab::host
