// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include "spanlab/parameters.hpp"
#include "spanlab/sampler.hpp"

namespace spanlab {

/// SpERT's sampling (docs/papers.md, Losses and samples): gold candidates and uniformly drawn others.
Schema uniform_schema();
std::unique_ptr<Sampler> make_uniform(const Parameters& parameters, const SamplerSetup& setup);

/// Negatives that overlap gold come more often.
Schema hard_schema();
std::unique_ptr<Sampler> make_hard(const Parameters& parameters, const SamplerSetup& setup);

/// Gold candidates of rare types are repeated (Kang et al. 2020, §4.1).
Schema class_balanced_schema();
std::unique_ptr<Sampler> make_class_balanced(const Parameters& parameters, const SamplerSetup& setup);

/// Every candidate there is.
Schema all_schema();
std::unique_ptr<Sampler> make_all(const Parameters& parameters, const SamplerSetup& setup);

}  // namespace spanlab
