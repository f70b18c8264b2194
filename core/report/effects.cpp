// SPDX-License-Identifier: MIT
#include "report/effects.hpp"

#include <optional>

#include "statistics/effect_sizes.hpp"
#include "statistics/stochastic_order.hpp"

namespace spanlab::host {
namespace {

constexpr std::size_t kOrderResamples = 1000;
constexpr std::uint64_t kResampleSeed = 1;  // a report is the same each time

std::optional<double> size_of(Effect effect, std::span<const double> values, std::span<const double> others) {
  switch (effect) {
    case Effect::cohens_d:
      return cohens_d(values, others);
    case Effect::hedges_g:
      return hedges_g(values, others);
    case Effect::cliffs_delta:
      return cliffs_delta(values, others);
    case Effect::probability_of_improvement:
      return a12(values, others);
    case Effect::almost_stochastic_order:
      break;
  }
  Generator generator(kResampleSeed);
  return almost_stochastic_order(values, others, kOrderResamples, generator).eps_min;
}

}  // namespace

std::vector<std::pair<Effect, double>> effect_sizes(std::span<const double> values,
                                                    std::span<const double> others,
                                                    const std::vector<Effect>& effects) {
  std::vector<std::pair<Effect, double>> sizes;
  for (const Effect effect : effects) {
    if (const auto size = size_of(effect, values, others)) sizes.emplace_back(effect, *size);
  }
  return sizes;
}

}  // namespace spanlab::host
