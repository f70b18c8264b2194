// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "data/card.hpp"
#include "settings/component_setting.hpp"
#include "spanlab/error.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host {

/// What lies in a pretrained model's folder and would change what an encoder reads, though the card does not
/// count it: a problem for each such file, with what to write into the card.
SPANLAB_API std::vector<Problem> files_not_counted(const ModelCard& card,
                                                   const std::filesystem::path& folder);

/// The pretrained model that the encoder names by its parameter `model`, in whose folder an
/// encoder finds what the card counts and nothing else: its files are those that the card says, and none of
/// files_not_counted is there. Without a folder if the encoder has no such parameter or it is not set. Throws
/// Error(data) with all that is wrong.
SPANLAB_API PretrainedModel pretrained_model(const ComponentSetting& encoder, const Registry& registry,
                                             const CardIndex& cards);

}  // namespace spanlab::host
