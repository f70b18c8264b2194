// SPDX-License-Identifier: MIT
#include "app/configuration_diff.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

#include "store/configuration_values.hpp"
#include "store/labels.hpp"

namespace spanlab::host::app {

namespace {

using ValueTexts = std::vector<std::string>;

// The values at each path, each once, in the order of the trials; a path that a trial lacks has a dash.
std::map<std::string, ValueTexts> values_of(const ChosenTrials& chosen, const std::set<std::string>& paths) {
  std::map<std::string, ValueTexts> values;
  const nlohmann::json* before = nullptr;
  for (const PlannedTrial& trial : chosen.trials) {
    if (before && *before == *trial.configuration) continue;  // of the same row
    before = &*trial.configuration;
    const std::map<std::string, nlohmann::json> own = values_by_path(*before);
    for (const std::string& path : paths) {
      const auto place = own.find(path);
      const std::string text = place == own.end() ? "–" : value_label(place->second, {});
      ValueTexts& known = values[path];
      if (std::ranges::find(known, text) == known.end()) known.push_back(text);
    }
  }
  return values;
}

std::string joined_texts(const ValueTexts& texts) {
  constexpr std::size_t kMost = 6;
  if (texts.size() <= kMost) return fmt::format("{}", fmt::join(texts, ", "));
  return fmt::format("{}, … ({} values)", fmt::join(texts.begin(), texts.begin() + kMost, ", "),
                     texts.size());
}

}  // namespace

std::vector<ConfigurationDifference> configuration_differences(const ChosenTrials& a, const ChosenTrials& b) {
  std::set<std::string> paths;
  for (const ChosenTrials* chosen : {&a, &b}) {
    for (const PlannedTrial& trial : chosen->trials)
      for_each_value(*trial.configuration,
                     [&](const std::string& path, const nlohmann::json&) { paths.insert(path); });
  }
  const std::map<std::string, ValueTexts> of_a = values_of(a, paths), of_b = values_of(b, paths);
  std::vector<ConfigurationDifference> differences;
  for (const std::string& path : paths) {
    const ValueTexts &left = of_a.at(path), &right = of_b.at(path);
    if (left == right) continue;
    std::string name = path;
    if (name.ends_with(kComponentSuffix)) name.resize(name.size() - kComponentSuffix.size());
    differences.push_back({std::move(name), joined_texts(left), joined_texts(right)});
  }
  return differences;
}

ConfigurationDiff diff_configurations(const std::string& a, const std::string& b, const Places& places) {
  const RunStore store(places.runs);
  ConfigurationDiff diff{choose_trials(a, store), choose_trials(b, store), {}};
  diff.differences = configuration_differences(diff.a, diff.b);
  return diff;
}

}  // namespace spanlab::host::app
