// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include "spanlab/sampler.hpp"
#include "spanlab/parameters.hpp"

spanlab::Schema my_component_schema();

std::shared_ptr<spanlab::Sampler> make_my_component(const spanlab::Parameters& parameters,
                                                    const spanlab::SamplerSetup& setup);
