// SPDX-License-Identifier: MIT
#pragma once

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "plugin/configuration.hpp"
#include "study/problems.hpp"
#include "study/study.hpp"

namespace spanlab {

/// What may stand at a path of a configuration.
struct Slot {
  enum class Kind { parameter, component, losses, task, data };
  Kind kind = Kind::parameter;
  ComponentKind component = ComponentKind::encoder;  ///< of a component
  const Parameter* parameter = nullptr;              ///< of a parameter
};

/// The component slots of a task beside `loss`, which holds one component per output.
inline constexpr std::pair<const char*, ComponentKind> kTaskSlots[] = {
    {"head", ComponentKind::head}, {"sampler", ComponentKind::sampler}, {"labeler", ComponentKind::labeler}};

/// Calls `visit(kind, path, node)` for every component of a whole configuration (study/checks.hpp).
template <typename Node, typename Visit>
void each_component(Node& configuration, Visit visit) {
  visit(ComponentKind::encoder, std::string("encoder"), configuration.at("encoder"));
  for (const std::string& name : task_names(configuration)) {
    Node& task = configuration.at(name);
    for (const auto& [slot, kind] : kTaskSlots) visit(kind, fmt::format("{}.{}", name, slot), task.at(slot));
    for (auto& [output, loss] : task.at("loss").items())
      visit(ComponentKind::loss, fmt::format("{}.loss.{}", name, output), loss);
  }
}

/// Turns settings into the JSON form of plugin/configuration.hpp: every declared parameter present, values as
/// their schemas say. What does not fit is added to the problems; the JSON then lacks it.
class ConfigurationBuilder {
 public:
  ConfigurationBuilder(const Registry& registry, Problems& problems)
      : registry_(registry), problems_(problems) {}

  /// The base configuration of a study.
  nlohmann::json build(const Setting& base);

  /// Sets a path. Says what is wrong where the path does not exist in this configuration or the setting does
  /// not fit it.
  void apply(nlohmann::json& configuration, const Assignment& assignment);

  /// The JSON that `apply` would put there.
  std::optional<nlohmann::json> value(const nlohmann::json& configuration, const Assignment& assignment);

  /// What stands at a path, or nothing where the path does not exist.
  std::optional<Slot> find(const nlohmann::json& configuration, const std::string& path) const;

  /// `path does not exist` with the nearest one, or why it does not at this point.
  std::string missing(const nlohmann::json& configuration, const std::string& path) const;

  /// Where each value came from, by path; slots of components and tasks have one as well. Kept until
  /// `keep_origins`, which ends the base configuration.
  const std::map<std::string, Origin>& origins() const { return origins_; }
  void keep_origins() { remembering_ = false; }

 private:
  nlohmann::json task(const Setting& setting, const std::string& path);
  nlohmann::json losses(const Setting& setting, const std::string& path);
  nlohmann::json component(ComponentKind kind, const Setting& setting, const std::string& path);
  nlohmann::json parameters(const Schema& schema, const Setting& setting, const std::string& path,
                            std::vector<std::string> slots, const std::string& owner);
  std::optional<nlohmann::json> parameter(const Parameter& parameter, const Setting& setting,
                                          const std::string& path);
  nlohmann::json data(const Setting& setting);
  Setting plain_table(const Setting& setting, const std::string& path);
  bool is_broken(const nlohmann::json& configuration, const std::string& path) const;
  nlohmann::json convert(const Slot& slot, const Setting& setting, const std::string& path);
  void remember(const std::string& path, const Origin& origin);

  const Registry& registry_;
  Problems& problems_;
  bool remembering_ = true;
  std::map<std::string, Origin> origins_;
};

/// `entity.head.outputs` as a pointer into the JSON.
nlohmann::json::json_pointer pointer_to(const std::string& path);

/// Every path of a configuration that can be set, sorted.
std::vector<std::string> known_paths(const nlohmann::json& configuration);

}  // namespace spanlab
