// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "data/card.hpp"
#include "files/checksum.hpp"
#include "store/plan.hpp"
#include "host.hpp"

namespace spanlab::test {

/// A plan without script and data: a row per `values` of `train.value`, each with these seeds. `act` says
/// what the tests' child does.
inline Plan made_plan(const std::string& study, const std::vector<double>& values,
                      const std::vector<std::int64_t>& seeds, const std::string& act = "finish") {
  Plan plan;
  plan.study = study;
  plan.script = "made.lua";
  plan.factors = {"train.value"};
  plan.seeds = seeds;
  plan.report.metrics = {"entity.f1"};
  for (double value : values) {
    PlanRow row;
    row.factors = nlohmann::json::array({{"train.value", value}});
    row.label = fmt::format("value={}", value);
    for (std::int64_t seed : seeds) {
      nlohmann::json configuration{
          {"data", {{"name", "made"}, {"test", "test"}}},
          {"encoder", {{"component", "birnn"}, {"size", 32}}},
          {"train", {{"epochs", 2}, {"value", value}, {"act", act}, {"cased", true}}}};
      std::string hash = sha256_of(configuration.dump() + std::to_string(seed));
      plan.trials.push_back(
          {hash, static_cast<std::int64_t>(plan.rows.size()), seed, configuration, nlohmann::json::object()});
    }
    plan.rows.push_back(std::move(row));
  }
  return plan;
}

}  // namespace spanlab::test
