// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "data/card.hpp"
#include "spanlab/error.hpp"
#include "spanlab/export.hpp"

namespace spanlab {

/// What lies in a pretrained model's folder and would change what an encoder reads, though the card does not
/// count it: a problem for each such file, with what to write into the card.
SPANLAB_API std::vector<Problem> files_not_counted(const ModelCard& card,
                                                   const std::filesystem::path& folder);

/// The folder of a pretrained model, in which an encoder finds what the card counts and nothing else: every
/// file that the card names is what it says, and none of files_not_counted is there. Throws Error(data) with
/// all that is wrong.
SPANLAB_API std::filesystem::path model_folder(const ModelCard& card, const CardIndex& cards);

/// The folder of the pretrained model that the configuration's encoder names by its parameter `model`: that of a card, its files
/// checked against it, or, with a slash in the name, the folder itself. Empty if the encoder has no such parameter or it is not set.
SPANLAB_API std::filesystem::path pretrained_folder(const nlohmann::json& configuration,
                                                    const CardIndex& cards);

}  // namespace spanlab
