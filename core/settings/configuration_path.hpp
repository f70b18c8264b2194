// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "settings/configuration.hpp"
#include "settings/path.hpp"

namespace spanlab::host {

/// What may stand at a path of a configuration.
struct Slot {
  enum class Kind { parameter, component, losses, task, data };
  Kind kind = Kind::parameter;
  ComponentKind component = ComponentKind::encoder;  ///< of a component
  const Parameter* parameter = nullptr;              ///< of a parameter
};

/// What stands there: a parameter's value, or one of the larger parts.
using Part = std::variant<Value, ComponentSetting, LossSettings, TaskSetting, DataSettings>;

/// What may stand at `path`; nothing if this configuration has no such path.
SPANLAB_API std::optional<Slot> slot_at(const Configuration& configuration, const Path& path,
                                        const Registry& registry);

/// What stands at `path`; nothing if this configuration has no such path.
SPANLAB_API std::optional<Part> part_at(const Configuration& configuration, const Path& path,
                                        const Registry& registry);

/// Puts a part of the right kind at `path`; a value must fit its parameter, see `fit`. Throws
/// std::logic_error if this configuration has no such path or something else stands there.
SPANLAB_API void set_part(Configuration& configuration, const Path& path, Part part,
                          const Registry& registry);

/// Calls `each` for every path that leads somewhere, also for those that group others and cannot be set
/// (`train`, `data.noise`).
SPANLAB_API void each_path(const Configuration& configuration, const std::function<void(const Path&)>& each);

/// Every path that can be set, as texts.
SPANLAB_API std::vector<std::string> known_paths(const Configuration& configuration);

/// The names that may follow `path`, sorted; none where nothing lies below it.
SPANLAB_API std::vector<std::string> names_below(const Configuration& configuration, const Path& path);

}  // namespace spanlab::host
