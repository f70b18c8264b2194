// SPDX-License-Identifier: MIT
#pragma once

#include <functional>

#include "data/card.hpp"
#include "settings/configuration.hpp"
#include "study/problems.hpp"

namespace spanlab::host {

/// Says where in the script a path of the configuration gets its value.
using PlaceOf = std::function<std::string(const std::string& path)>;

/// What schemas cannot say about a configuration: that its data set, splits, views and pretrained model have
/// cards, that tasks build on tasks that give spans, that each output of a head has one loss, that files
/// exist and the encoder can be built so. Parts that could not be built are passed over.
void check_configuration(const Configuration& configuration, const Registry& registry, const CardIndex& cards,
                         const PlaceOf& place_of, Problems& problems);

}  // namespace spanlab::host
