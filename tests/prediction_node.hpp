// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>

#include "records/predictions.hpp"
#include "host.hpp"

namespace spanlab::test {

/// A line of a predictions file as tests look into it.
inline nlohmann::json prediction_node(const Sentence& sentence, const Prediction& prediction,
                                      const Inventory& inventory) {
  return nlohmann::json::parse(prediction_line(sentence, prediction, inventory));
}

}  // namespace spanlab::test
