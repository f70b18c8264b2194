// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "data/card.hpp"

namespace spanlab {

/// The pretrained model that the configuration's encoder names by its parameter `model`: that of a card, its files checked against
/// it. Without a folder if the encoder has no such parameter or it is not set.
PretrainedModel pretrained_model(const nlohmann::json& configuration, const CardIndex& cards);

}  // namespace spanlab
