// SPDX-License-Identifier: MIT
#include "store/report_request.hpp"

#include <algorithm>
#include <array>

namespace spanlab::host {
namespace {

constexpr std::array<std::string_view, 3> kClaims{"method", "models", "test_set"};
constexpr std::array<std::string_view, 3> kFamilies{"table", "score", "none"};
constexpr std::array<std::string_view, 5> kEffects{"cohens_d", "hedges_g", "cliffs_delta",
                                                   "probability_of_improvement", "almost_stochastic_order"};

template <typename Enum, std::size_t n>
std::optional<Enum> value_of(const std::array<std::string_view, n>& names, std::string_view text) {
  const auto found = std::ranges::find(names, text);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

}  // namespace

std::span<const std::string_view> claim_names() { return kClaims; }
std::span<const std::string_view> family_names() { return kFamilies; }
std::span<const std::string_view> effect_names() { return kEffects; }

std::string_view to_text(Claim claim) { return kClaims[static_cast<std::size_t>(claim)]; }
std::string_view to_text(Family family) { return kFamilies[static_cast<std::size_t>(family)]; }
std::string_view to_text(Effect effect) { return kEffects[static_cast<std::size_t>(effect)]; }

std::optional<Claim> claim_of(std::string_view text) { return value_of<Claim>(kClaims, text); }
std::optional<Family> family_of(std::string_view text) { return value_of<Family>(kFamilies, text); }
std::optional<Effect> effect_of(std::string_view text) { return value_of<Effect>(kEffects, text); }

}  // namespace spanlab::host
