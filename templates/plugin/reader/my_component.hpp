// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include "spanlab/parameters.hpp"
#include "spanlab/reader.hpp"

spanlab::Schema my_component_schema();

std::shared_ptr<spanlab::Reader> make_my_component(const spanlab::Parameters& parameters);
