// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>

#include "data/card.hpp"

namespace spanlab {

/// The folder of the pretrained model that the configuration's encoder names by its parameter `model`: that of a card, its files
/// checked against it, or, with a slash in the name, the folder itself. Empty if the encoder has no such parameter or it is not set.
std::filesystem::path pretrained_folder(const nlohmann::json& configuration, const CardIndex& cards);

}  // namespace spanlab
