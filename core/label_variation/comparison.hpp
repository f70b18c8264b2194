// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "label_variation/abstract_differences.hpp"
#include "label_variation/sets.hpp"

namespace spanlab::host {

/// How much a set holds.
struct SetCounts {
  std::int64_t sentences = 0;
  std::int64_t abstracts = 0;
  std::int64_t entities[2] = {0, 0};  ///< of views `sci` and `sem`
  std::int64_t relations[2] = {0, 0};
};

/// A built set beside the one that the paper's authors released, where that is at hand.
struct SetComparison {
  std::string name;
  SetCounts built;
  std::optional<SetCounts> released;
  AbstractDifferences differences;
  std::vector<std::string> reasons;  ///< why numbers and abstracts differ, counted from the files
};

/// Compares every set but the reduced ones with the cards `label_variation_overlap` and `label_variation`.
SPANLAB_API std::vector<SetComparison> compare_with_released(const LabelVariation& built,
                                                             const CardIndex& cards);

/// The comparison as text of at most 80 columns.
SPANLAB_API std::string comparison_text(const LabelVariation& built, const std::vector<SetComparison>& sets,
                                        ResultDirection result);

}  // namespace spanlab::host
