// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "data/card.hpp"

namespace spanlab::host {

/// The card's splits that a split expression means: of fold 3, `train` is `train3`. Throws Error(usage) with
/// every split that the card does not have, or a fold that it does not have.
SPANLAB_API std::vector<std::string> splits_of(const DataCard& card, const std::string& expression,
                                               std::optional<std::int64_t> fold);

}  // namespace spanlab::host
