// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <nlohmann/json.hpp>

#include "data/card.hpp"
#include "plugin/registry.hpp"
#include "study/problems.hpp"

namespace spanlab {

/// What schemas cannot say about a configuration: that its data set, splits, views and pretrained model have
/// cards, that tasks build on tasks that give spans, that each output of a head has one loss, that files
/// exist and the encoder can be built so. `place_of` gives a path its place in messages.
void check_configuration(const nlohmann::json& configuration, const Registry& registry,
                         const CardIndex& cards,
                         const std::function<std::string(const std::string&)>& place_of, Problems& problems);

/// True if data, encoder and every slot of at least one task are there: where building a part has failed, the
/// rest is null.
bool is_whole(const nlohmann::json& configuration);

}  // namespace spanlab
