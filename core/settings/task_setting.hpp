// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "settings/binding.hpp"
#include "settings/component_setting.hpp"
#include "spanlab/cell.hpp"

namespace spanlab::host {

/// How the values of a loss become one: over the samples that candidates count for, over the candidates, or
/// added up.
enum class Reduction { mean, candidates, sum };

/// The losses of a task, by the head's outputs.
using LossSettings = std::map<std::string, ComponentSetting>;

/// One task of a configuration.
struct TaskSetting {
  std::string view = "default";  ///< the annotation that it learns
  std::string spans;             ///< the task that gives the spans, of a pair task
  std::int64_t depth = 0;        ///< layers of its own between encoder and head
  Cell cell = Cell::gru;
  std::int64_t size = 256;  ///< states of these layers, per direction
  double dropout = 0.35;
  double weight = 1;
  double lr_factor = 1;
  Reduction reduction = Reduction::mean;
  std::int64_t max_relations = 50000;
  ComponentSetting head{ComponentKind::head, "", {}};
  ComponentSetting sampler{ComponentKind::sampler, "", {}};
  ComponentSetting labeler{ComponentKind::labeler, "", {}};
  LossSettings losses;

  /// True if every slot is filled: where building a part has failed, it is empty.
  bool is_whole() const;

  friend bool operator==(const TaskSetting&, const TaskSetting&) = default;
};

/// The parameters of a task, with their docs.
SPANLAB_API const Binding<TaskSetting>& task_binding();

/// The component slots of a task beside `loss`, which holds one component per output.
struct TaskSlot {
  const char* name;
  ComponentKind kind;
  ComponentSetting TaskSetting::* member;
};
inline constexpr TaskSlot kTaskSlots[] = {{"head", ComponentKind::head, &TaskSetting::head},
                                          {"sampler", ComponentKind::sampler, &TaskSetting::sampler},
                                          {"labeler", ComponentKind::labeler, &TaskSetting::labeler}};

}  // namespace spanlab::host
