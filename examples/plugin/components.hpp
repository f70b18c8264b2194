// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include "spanlab/loss.hpp"
#include "spanlab/parameters.hpp"
#include "spanlab/reader.hpp"
#include "spanlab/sampler.hpp"

spanlab::Schema poly_schema();
std::unique_ptr<spanlab::Loss> make_poly(const spanlab::Parameters& parameters,
                                         const spanlab::LossSetup& setup);

spanlab::Schema columns_schema();
std::unique_ptr<spanlab::Reader> make_columns(const spanlab::Parameters& parameters);

spanlab::Schema near_miss_schema();
std::unique_ptr<spanlab::Sampler> make_near_miss(const spanlab::Parameters& parameters,
                                                 const spanlab::SamplerSetup& setup);
