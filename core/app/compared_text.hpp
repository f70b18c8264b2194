// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "app/compare.hpp"

// How comparisons are told, on terminals and pages.

namespace spanlab::host::app {

/// `64.21 ± 0.80` or `64.21`; a dash without values.
std::string points_text(const std::vector<double>& values);

/// `+2.31`; b less a.
std::string difference_text(const ComparedScore& score);

/// `+0.40 to +4.22`, or a dash.
std::string interval_text(const ComparedScore& score);

/// `0.031`, `< 0.001`, or a dash.
std::string p_text(const ComparedScore& score);

/// `B is higher (0.40 to 4.22)`, `no difference larger than 1.30 shown`, or why nothing was tested.
std::string verdict_text(const ComparedScore& score);

/// `3 of 3`: the trials in which a sentence is right.
std::string share_text(double share, std::size_t trials);

/// `entity.boundary: Peop "Grace" for Peop "Grace Hopper" (2 of 3)`.
std::string wrong_text(const ErrorExample& example, std::size_t trials);

}  // namespace spanlab::host::app
