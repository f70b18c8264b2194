// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "data/card.hpp"
#include "plugin/registry.hpp"
#include "settings/configuration.hpp"

namespace spanlab::host {

/// Bytes that the features of a configuration's data will take in `folder`, beyond what is there; 0 where
/// nothing is stored. Reads and encodes the data: throws as train_trial.
SPANLAB_API std::int64_t missing_feature_bytes(const Configuration& configuration, const Registry& registry,
                                               const CardIndex& cards, const std::string& device,
                                               const std::filesystem::path& folder);

}  // namespace spanlab::host
