// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>

#include "data/card.hpp"
#include "settings/configuration.hpp"
#include "store/shared_json.hpp"

namespace spanlab::host {

/// Makes the hashes of trials from configurations that were checked. Remembers what many of them share.
class SPANLAB_API Identities {
 public:
  Identities(const Registry& registry, const CardIndex& cards, std::string device)
      : registry_(registry), cards_(cards), device_(std::move(device)) {}

  /// What counts besides the configuration: {"data", "model", "components": {"encoder/bert": …}, "number",
  /// "device"}, and "files": {"encoder.vectors": …}, the contents of files that parameters name, where there
  /// are any. Equal ones are one value.
  SharedJson identity(const Configuration& configuration);

  /// The parts of it: the plugin of a component; the content of a configuration's `data`, of a pretrained
  /// model's card, of a file. What the cards and plugins do not have throws as CardIndex and Registry do.
  const std::string& of_component(ComponentKind kind, const std::string& id);
  const std::string& of_data(const DataSettings& data);
  const std::string& of_model(const std::string& name);
  const std::string& of_file(const std::string& file);

  /// The canonical text of configuration and identity: keys sorted, no blanks, numbers in the shortest form
  /// that reads back; parameters outside the identity, names of files and noise of rate 0 are left out. Equal
  /// configurations have equal texts.
  std::string canonical(const Configuration& configuration, const SharedJson& identity) const;

  /// The hash of the trial with that seed.
  static std::string hash(const std::string& canonical, std::int64_t seed);

 private:
  const Registry& registry_;
  const CardIndex& cards_;
  std::string device_;
  std::map<std::string, std::string> known_;
  std::map<std::string, SharedJson> shared_;  // by their texts
};

}  // namespace spanlab::host
