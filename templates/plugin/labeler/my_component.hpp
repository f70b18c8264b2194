// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include "spanlab/labeler.hpp"
#include "spanlab/parameters.hpp"

spanlab::Schema my_component_schema();

std::shared_ptr<spanlab::SoftLabeler> make_my_component(const spanlab::Parameters& parameters,
                                                        const spanlab::LabelerSetup& setup);
