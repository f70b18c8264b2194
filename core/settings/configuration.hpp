// SPDX-License-Identifier: MIT
#pragma once

#include <fmt/format.h>

#include <map>
#include <string>
#include <vector>

#include "settings/component_setting.hpp"
#include "settings/data_settings.hpp"
#include "settings/task_setting.hpp"
#include "settings/train_settings.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host {

/// All that makes a trial beside its seed: every declared parameter of every part has a value.
struct SPANLAB_API Configuration {
  DataSettings data;
  ComponentSetting encoder{ComponentKind::encoder, "", {}};
  std::map<std::string, TaskSetting> tasks;  ///< by their names
  TrainSettings train;

  /// True if data, encoder and every slot of at least one task are there: where building a part has failed,
  /// it is empty.
  bool is_whole() const;

  friend bool operator==(const Configuration&, const Configuration&) = default;
};

/// Calls `visit(path, component)` for every component of a configuration. `paths` are texts, as
/// `entity.loss.classify`.
template <typename AnyConfiguration, typename Visit>
void each_component(AnyConfiguration& configuration, Visit visit) {
  visit(std::string("encoder"), configuration.encoder);
  for (auto& [name, task] : configuration.tasks) {
    for (const TaskSlot& slot : kTaskSlots) visit(fmt::format("{}.{}", name, slot.name), task.*slot.member);
    for (auto& [output, loss] : task.losses) visit(fmt::format("{}.loss.{}", name, output), loss);
  }
}

}  // namespace spanlab::host
