// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>

#include "data/card.hpp"

namespace spanlab {

/// The folder of the pretrained model that the configuration's encoder names by its parameter `model`, its files checked against
/// the card; empty if the encoder has no such parameter or it is not set.
std::filesystem::path pretrained_folder(const nlohmann::json& configuration, const CardIndex& cards);

}  // namespace spanlab
