// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "report/lines.hpp"
#include "report/rows.hpp"

namespace spanlab::host {

/// What the names of variants and of ablations stand for: of variants the settings in which those of one
/// factor differ, of an ablation what it has instead of the base model, and of the base model all that some
/// ablation changes. A component of another id stands with the parameters that not all have. Empty where
/// every row is told by paths. `factors` are the plan's.
Lines meanings_of_names(const std::vector<std::string>& factors, const StudyRows& rows);

/// What a row sets a factor to: `negatives=20`; of a variant its name alone.
std::string name_of_factor(const std::vector<std::string>& factors, const StudyRows& rows, std::size_t row,
                           std::size_t factor);

/// A row by its factors, an ablation by its entry, a row where nothing varies as the base model.
std::string name_of_row(const std::vector<std::string>& factors, const StudyRows& rows, std::size_t row);

}  // namespace spanlab::host
