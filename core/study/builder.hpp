// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "settings/configuration_path.hpp"
#include "study/problems.hpp"
#include "study/study.hpp"

namespace spanlab::host {

/// Turns the settings of a script into a configuration: every declared parameter is there, values are as
/// their schemas say. What does not fit is added to the problems, and its place in the configuration stays
/// empty or has its default.
class ConfigurationBuilder {
 public:
  ConfigurationBuilder(const Registry& registry, Problems& problems)
      : registry_(registry), problems_(problems) {}

  /// The base configuration of a study.
  Configuration build(const Setting& base);

  /// Sets a path. Says what is wrong where the path does not exist in this configuration or the setting does
  /// not fit it.
  void apply(Configuration& configuration, const Assignment& assignment);

  /// What `apply` would put there; nothing where the path does not exist or the setting does not fit.
  std::optional<Part> part(const Configuration& configuration, const Assignment& assignment);

  /// What may stand at a path, or nothing where the path does not exist.
  std::optional<Slot> find(const Configuration& configuration, const std::string& path) const {
    return slot_at(configuration, Path::parse(path), registry_);
  }

  /// `path does not exist` with the nearest one, or why it does not at this point.
  std::string missing(const Configuration& configuration, const std::string& path) const;

  /// Where each value came from, by path; slots of components and tasks have one as well. Kept until
  /// `keep_origins`, which ends the base configuration.
  const std::map<std::string, Origin>& origins() const { return origins_; }
  void keep_origins() { remembering_ = false; }

 private:
  using SetParameter = std::function<void(const std::string& name, const Value& value)>;

  std::optional<TaskSetting> task(const Setting& setting, const std::string& path);
  std::optional<LossSettings> losses(const Setting& setting, const std::string& path);
  std::optional<ComponentSetting> component(ComponentKind kind, const Setting& setting,
                                            const std::string& path);
  std::optional<DataSettings> data(const Setting& setting);
  std::optional<Value> parameter(const Parameter& parameter, const Setting& setting, const std::string& path);
  void parameters(const Schema& schema, const Setting& setting, const std::string& path,
                  std::vector<std::string> slots, const std::string& owner, const SetParameter& set);
  template <typename Settings>
  Settings bound(const Binding<Settings>& binding, const Setting& setting, const std::string& path,
                 std::vector<std::string> slots, const std::string& owner);
  Setting plain_table(const Setting& setting, const std::string& path);
  std::optional<Part> convert(const Slot& slot, const Setting& setting, const std::string& path);
  bool is_broken(const Configuration& configuration, const Path& path) const;
  void refuse(const Setting& setting, const std::string& path, const std::string& expected);
  void remember(const std::string& path, const Origin& origin);

  const Registry& registry_;
  Problems& problems_;
  bool remembering_ = true;
  std::map<std::string, Origin> origins_;
  std::set<Path> broken_;  // parts of the base that could not be built
};

}  // namespace spanlab::host
