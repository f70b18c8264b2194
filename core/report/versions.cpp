// SPDX-License-Identifier: MIT
#include "report/versions.hpp"

#include <set>

#include "report/rows.hpp"

namespace spanlab::host {
namespace {

using nlohmann::json;

/// The versions of one trial by name: of libraries and of plugins.
std::map<std::string, std::string> versions_of(const json& environment) {
  std::map<std::string, std::string> versions;
  if (!environment.is_object()) return versions;
  const json libraries = environment.value("versions", json::object());
  for (const auto& [name, version] : libraries.items()) versions[name] = value_text(version);
  const json plugins = environment.value("plugins", json::object());
  for (const auto& [name, plugin] : plugins.items()) {
    if (plugin.is_object() && plugin.contains("version")) {
      versions["plugin " + name] = value_text(plugin["version"]);
    }
  }
  return versions;
}

}  // namespace

std::string versions_text(const std::vector<TrialResult>& trials) {
  std::map<std::string, std::set<std::string>> all;
  for (const TrialResult& trial : trials) {
    for (const auto& [name, version] : versions_of(trial.environment)) all[name].insert(version);
  }
  std::vector<std::string> texts;
  for (const auto& [name, versions] : all)
    texts.push_back(fmt::format("{} {}", name, fmt::join(versions, " or ")));
  return fmt::format("{}", fmt::join(texts, ", "));
}

}  // namespace spanlab::host
