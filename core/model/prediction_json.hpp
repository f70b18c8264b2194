// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "tasks/prediction.hpp"

namespace spanlab {

/// One line of a predictions file: SpERT's form with type names, the sentence's id, and scores.
SPANLAB_API nlohmann::json to_json(const Sentence& sentence, const Prediction& prediction,
                                   const Inventory& inventory);

}  // namespace spanlab
