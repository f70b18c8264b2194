// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "data/card.hpp"
#include "plugin/registry.hpp"

namespace spanlab {

/// Makes the hashes of trials (design §8) from configurations that were checked. Remembers what many of them share.
class Identities {
 public:
  Identities(const Registry& registry, const CardIndex& cards, std::string device) : registry_(registry), cards_(cards), device_(std::move(device)) {}

  /// What counts besides the configuration: {"data", "model", "components": {"encoder/bert": …}, "number", "device"}.
  nlohmann::json identity(const nlohmann::json& configuration);

  /// The canonical text of configuration and identity: keys sorted, no blanks, parameters outside the identity left out, numbers in
  /// the shortest form that reads back, and noise of rate 0. Equal configurations have equal texts.
  std::string canonical(const nlohmann::json& configuration, const nlohmann::json& identity) const;

  /// The hash of the trial with that seed.
  static std::string hash(const std::string& canonical, std::int64_t seed);

 private:
  const std::string& of_component(ComponentKind kind, const std::string& id);
  const std::string& of_data(const nlohmann::json& data);
  const std::string& of_model(const std::string& name);

  const Registry& registry_;
  const CardIndex& cards_;
  std::string device_;
  std::map<std::string, std::string> known_;
};

}  // namespace spanlab
