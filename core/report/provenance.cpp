// SPDX-License-Identifier: MIT
#include "report/provenance.hpp"

#include <set>

#include "report/published.hpp"
#include "report/rows.hpp"
#include "store/configuration_values.hpp"

namespace spanlab::host {
namespace {

using nlohmann::json;

using Trials = std::vector<const TrialResult*>;
using Environments = std::vector<std::map<std::string, json>>;  // of each trial, by field

/// Places of trials that have one value in common, and how all trials fall into such parts.
using Part = std::vector<std::size_t>;
using Division = std::vector<Part>;

Trials finished_of(const std::vector<TrialResult>& trials) {
  Trials finished;
  for (const TrialResult& trial : trials) {
    if (trial.ending == TrialEnding::finished) finished.push_back(&trial);
  }
  return finished;
}

std::set<std::string> fields_of(const Environments& environments) {
  std::set<std::string> fields;
  for (const auto& environment : environments) {
    for (const auto& [field, value] : environment) fields.insert(field);
  }
  return fields;
}

/// The value of a field in each part.
std::map<Part, std::string> parts_by(const std::string& field, const Environments& environments) {
  std::map<std::string, Part> by_value;
  for (std::size_t i = 0; i < environments.size(); ++i) {
    const auto found = environments[i].find(field);
    const bool recorded = found != environments[i].end();
    by_value[recorded ? without_folders(value_text(found->second)) : "not recorded"].push_back(i);
  }
  std::map<Part, std::string> parts;
  for (const auto& [value, places] : by_value) parts[places] = value;
  return parts;
}

std::string names_of(const Part& places, const Trials& trials) {
  constexpr std::size_t kMostNames = 6;
  if (places.size() > kMostNames) return fmt::format("{} trials", places.size());
  std::vector<std::string> names;
  for (const std::size_t place : places)
    names.push_back(fmt::format("{} seed {}", trials[place]->label, trials[place]->seed));
  return fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

std::vector<ProvenanceDifference> provenance_differences(const std::vector<TrialResult>& trials) {
  const Trials finished = finished_of(trials);
  Environments environments;
  for (const TrialResult* trial : finished) environments.push_back(values_by_path(trial->environment));
  std::map<Division, ProvenanceDifference> differences;
  for (const std::string& field : fields_of(environments)) {
    const std::map<Part, std::string> parts = parts_by(field, environments);
    if (parts.size() < 2) continue;
    Division division;
    for (const auto& [places, value] : parts) division.push_back(places);
    ProvenanceDifference& difference = differences[division];
    difference.fields.push_back(field);
    difference.parts.resize(parts.size());
    for (auto part = difference.parts.begin(); const auto& [places, value] : parts)
      (part++)->values.push_back(value);
  }
  std::vector<ProvenanceDifference> all;
  for (auto& [division, difference] : differences) {
    for (std::size_t p = 0; p < division.size(); ++p)
      difference.parts[p].trials = names_of(division[p], finished);
    all.push_back(std::move(difference));
  }
  return all;
}

}  // namespace spanlab::host
