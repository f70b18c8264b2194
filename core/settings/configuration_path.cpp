// SPDX-License-Identifier: MIT
#include "settings/configuration_path.hpp"

#include <algorithm>
#include <set>
#include <span>
#include <stdexcept>

namespace spanlab::host {

namespace {

using Names = std::span<const std::string>;

// A parameter of a settings struct that is there, for reading or, where `Owner` is not const, for writing.
template <typename Settings, typename Owner>
struct BoundParameter {
  const Binding<Settings>& binding;
  Owner& owner;
  const Parameter& parameter;
  Value get() const { return binding.get(owner, parameter.name); }
  void set(const Value& value) const { binding.set(owner, parameter.name, value); }
};

template <typename Owner>
struct ComponentParameter {
  Owner& owner;
  const Parameter& parameter;
  Value get() const { return owner.parameters.values().find(parameter.name)->second; }
  void set(const Value& value) const { owner.parameters.set(parameter.name, value); }
};

template <typename Place>
concept IsParameter = requires(const Place& place) { place.parameter; };

// Leads a visitor to what a path means: a parameter or a part. False where there is no such path.
template <typename Visit>
class Walk {
 public:
  Walk(const Registry& registry, Visit visit) : registry_(registry), visit_(visit) {}

  template <typename AnyConfiguration>
  bool to(AnyConfiguration& configuration, const Path& path) {
    const Names names = path.names();
    if (names.empty()) return false;
    const Names rest = names.subspan(1);
    if (names[0] == "train") return bound(train_binding(), configuration.train, rest);
    if (names[0] == "encoder") return component(configuration.encoder, rest);
    if (names[0] == "data") return data(configuration.data, rest);
    const auto task = configuration.tasks.find(names[0]);
    return task != configuration.tasks.end() && in_task(task->second, rest);
  }

 private:
  template <typename Place>
  bool arrive(Place&& place) {
    visit_(place);
    return true;
  }

  template <typename Settings, typename Owner>
  bool bound(const Binding<Settings>& binding, Owner& owner, Names names) {
    const Parameter* parameter = names.size() == 1 ? binding.schema().find(names[0]) : nullptr;
    return parameter && arrive(BoundParameter<Settings, Owner>{binding, owner, *parameter});
  }

  template <typename Owner>
  bool component(Owner& owner, Names names) {
    if (names.empty()) return arrive(owner);
    if (!owner.is_set() || names.size() > 1) return false;
    const Parameter* parameter = registry_.info(owner.kind, owner.id).schema.find(names[0]);
    return parameter && arrive(ComponentParameter<Owner>{owner, *parameter});
  }

  template <typename Owner>
  bool data(Owner& owner, Names names) {
    if (owner.name.empty()) return false;
    if (names.empty()) return arrive(owner);
    return names[0] == "noise" ? bound(noise_binding(), owner.noise, names.subspan(1))
                               : bound(data_binding(), owner, names);
  }

  template <typename Owner>
  bool in_task(Owner& owner, Names names) {
    if (names.empty()) return arrive(owner);
    for (const TaskSlot& slot : kTaskSlots) {
      if (names[0] == slot.name) return component(owner.*slot.member, names.subspan(1));
    }
    if (names[0] != "loss") return bound(task_binding(), owner, names);
    if (names.size() == 1) return arrive(owner.losses);
    const auto loss = owner.losses.find(names[1]);
    return loss != owner.losses.end() && component(loss->second, names.subspan(2));
  }

  const Registry& registry_;
  Visit visit_;
};

Slot slot_for(const ComponentSetting& component) {
  return {.kind = Slot::Kind::component, .component = component.kind};
}
Slot slot_for(const LossSettings&) { return {.kind = Slot::Kind::losses}; }
Slot slot_for(const TaskSetting&) { return {.kind = Slot::Kind::task}; }
Slot slot_for(const DataSettings&) { return {.kind = Slot::Kind::data}; }

// Calls `each` for a path and, with the names of `schema`, for those below it.
void visit_schema(const Schema& schema, const Path& path, const std::function<void(const Path&)>& each) {
  each(path);
  for (const Parameter& parameter : schema.parameters()) each(path / parameter.name);
}

// The parameters that the component has, whatever plugins are at hand.
void visit_component(const ComponentSetting& component, const Path& path,
                     const std::function<void(const Path&)>& each) {
  each(path);
  for (const auto& [name, value] : component.parameters.values()) each(path / name);
}

void visit_task(const TaskSetting& task, const Path& path, const std::function<void(const Path&)>& each) {
  visit_schema(task_binding().schema(), path, each);
  for (const TaskSlot& slot : kTaskSlots) visit_component(task.*slot.member, path / slot.name, each);
  each(path / "loss");
  for (const auto& [output, loss] : task.losses) visit_component(loss, path / "loss" / output, each);
}

}  // namespace

std::optional<Slot> slot_at(const Configuration& configuration, const Path& path, const Registry& registry) {
  std::optional<Slot> slot;
  const auto look = [&]<typename Place>(const Place& place) {
    if constexpr (IsParameter<Place>)
      slot = Slot{.parameter = &place.parameter};
    else
      slot = slot_for(place);
  };
  Walk(registry, look).to(configuration, path);
  return slot;
}

std::optional<Part> part_at(const Configuration& configuration, const Path& path, const Registry& registry) {
  std::optional<Part> part;
  const auto take = [&]<typename Place>(const Place& place) {
    if constexpr (IsParameter<Place>)
      part = place.get();
    else
      part = place;
  };
  Walk(registry, take).to(configuration, path);
  return part;
}

void set_part(Configuration& configuration, const Path& path, Part part, const Registry& registry) {
  bool fits = false;
  const auto put = [&]<typename Place>(Place& place) {
    if constexpr (IsParameter<Place>) {
      const Value* value = std::get_if<Value>(&part);
      fits = value != nullptr;
      if (fits) place.set(*value);
    } else {
      Place* given = std::get_if<Place>(&part);
      fits = given != nullptr;
      if (fits) place = std::move(*given);
    }
  };
  Walk(registry, put).to(configuration, path);
  if (!fits) throw std::logic_error("a configuration cannot hold such a part at " + path.text());
}

void each_path(const Configuration& configuration, const std::function<void(const Path&)>& each) {
  if (!configuration.data.name.empty()) {
    visit_schema(data_binding().schema(), Path({"data"}), each);
    visit_schema(noise_binding().schema(), Path({"data", "noise"}), each);
  }
  if (configuration.encoder.is_set()) visit_component(configuration.encoder, Path({"encoder"}), each);
  for (const auto& [name, task] : configuration.tasks) visit_task(task, Path({name}), each);
  visit_schema(train_binding().schema(), Path({"train"}), each);
}

std::vector<std::string> known_paths(const Configuration& configuration) {
  std::vector<std::string> paths;
  each_path(configuration, [&](const Path& path) { paths.push_back(path.text()); });
  std::erase(paths, "train");
  std::erase(paths, "data.noise");
  std::ranges::sort(paths);
  return paths;
}

std::vector<std::string> names_below(const Configuration& configuration, const Path& above) {
  std::set<std::string> names;
  each_path(configuration, [&](const Path& path) {
    if (path.size() > above.size() && path.is_at_or_below(above)) names.insert(path.names()[above.size()]);
  });
  return {names.begin(), names.end()};
}

}  // namespace spanlab::host
