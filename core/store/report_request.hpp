// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "spanlab/export.hpp"

namespace spanlab::host {

/// What a comparison of two rows is to hold for, which decides what counts as chance.
enum class Claim {
  method,   ///< new seeds and new texts: the method differs
  models,   ///< new texts: these trained models differ
  test_set  ///< new seeds: the method differs on this very test set
};

/// Comparisons that Holm's correction takes together.
enum class Family { table, score, none };

/// How large a difference is in other terms than points.
enum class Effect { cohens_d, hedges_g, cliffs_delta, probability_of_improvement, almost_stochastic_order };

/// What the report was asked for.
struct ReportRequest {
  nlohmann::json baseline;           ///< {path: value}, or null
  std::vector<std::string> metrics;  ///< score paths
  Claim claim = Claim::method;
  Family family = Family::table;
  std::optional<double> margin;  ///< the smallest difference that matters in practice, in points
  std::vector<Effect> effects;
  std::map<std::string, std::string> names;  ///< of scores, factors and rows in tables of the paper
  std::vector<std::string> columns;          ///< of these: factors and scores; empty: all
};

/// The words of a study for them, in their order.
SPANLAB_API std::span<const std::string_view> claim_names();
SPANLAB_API std::span<const std::string_view> family_names();
SPANLAB_API std::span<const std::string_view> effect_names();

SPANLAB_API std::string_view to_text(Claim claim);
SPANLAB_API std::string_view to_text(Family family);
SPANLAB_API std::string_view to_text(Effect effect);

/// What such a word stands for; none of another.
SPANLAB_API std::optional<Claim> claim_of(std::string_view text);
SPANLAB_API std::optional<Family> family_of(std::string_view text);
SPANLAB_API std::optional<Effect> effect_of(std::string_view text);

}  // namespace spanlab::host
