// SPDX-License-Identifier: MIT
#pragma once

#include <fstream>

#include "lua/script.hpp"
#include "study/resolve.hpp"
#include "test.hpp"

// Plans of small studies, made from the fields of a script with the built-in components and the checkout's
// cards.
namespace spanlab::test {

using Texts = std::vector<std::string>;

inline const Registry& registry() {
  static const Registry loaded = [] {
    Registry registry;
    registry.load(plugin_folders({}));
    return registry;
  }();
  return loaded;
}

inline const CardIndex& cards() {
  static const CardIndex index(standard_locations({}), registry());
  return index;
}

inline Study study_of(const std::string& fields, const std::string& model = "spert.model {}") {
  TemporaryFolder folder;
  const auto script = folder.path() / "study.lua";
  const char* data = fields.starts_with("data = ") ? "" : "data = lab.data 'sample' {}, ";
  std::ofstream(script)
      << "local lab = require 'spanlab'\nlocal spert = require 'recipes.spert'\nreturn lab.study 's' { "
      << data << "model = " << model << ", " << fields << " }\n";
  return load_study(script, script_folders());
}

inline Plan plan_of(const std::string& fields, const Overrides& overrides = {}) {
  return resolve(study_of(fields), registry(), cards(), overrides);
}

inline std::vector<std::string> labels(const Plan& plan) {
  std::vector<std::string> found;
  for (const PlanRow& row : plan.rows) found.push_back(row.label);
  return found;
}

inline std::string only_hash(const Plan& plan) {
  BOOST_REQUIRE(plan.trials.size() == 1u);
  return plan.trials[0].hash;
}

}  // namespace spanlab::test
