// SPDX-License-Identifier: MIT
#include "study/builder.hpp"

#include <algorithm>

namespace spanlab::host {

namespace {

std::string in_words(const Setting& setting) {
  if (!setting.kind.empty()) return setting.kind + (setting.id.empty() ? "" : " \"" + setting.id + "\"");
  return setting.members.empty() ? "an empty table" : "a table";
}

std::string wanted(ComponentKind kind) { return fmt::format("lab.{} \"…\" {{ … }}", to_text(kind)); }

}  // namespace

void ConfigurationBuilder::remember(const std::string& path, const Origin& origin) {
  if (remembering_) origins_[path] = origin;
}

void ConfigurationBuilder::refuse(const Setting& setting, const std::string& path,
                                  const std::string& expected) {
  if (setting.reported) return;
  const std::string got = setting.is_value() ? "a value" : in_words(setting);
  problems_.add(setting.origin, fmt::format("{}: expected {}, got {}", path, expected, got));
}

std::optional<Value> ConfigurationBuilder::parameter(const Parameter& parameter, const Setting& setting,
                                                     const std::string& path) {
  if (setting.reported) return std::nullopt;
  const bool wants_list = parameter.type == ParameterType::numbers || parameter.type == ParameterType::texts;
  Value value = setting.value;
  if (setting.is_empty_table() && wants_list) value = std::vector<std::string>();
  if (std::holds_alternative<std::monostate>(value)) {
    const bool may_be_unset = std::holds_alternative<std::monostate>(parameter.default_value);
    problems_.add(setting.origin,
                  fmt::format("{}: expected {}, got {}", path,
                              may_be_unset ? "a value" : what_fits(parameter), in_words(setting)));
    return std::nullopt;
  }
  auto result = fit(parameter, value);
  if (const std::string* reason = std::get_if<std::string>(&result)) {
    problems_.add(setting.origin, fmt::format("{}: {}", path, *reason));
    return std::nullopt;
  }
  remember(path, setting.origin);
  return std::get<Value>(std::move(result));
}

// Gives `set` every parameter of the schema; what is wrong has its default.
void ConfigurationBuilder::parameters(const Schema& schema, const Setting& setting, const std::string& path,
                                      std::vector<std::string> slots, const std::string& owner,
                                      const SetParameter& set) {
  for (const Parameter& declared : schema.parameters()) {
    const std::string place = path + '.' + declared.name;
    const auto given = setting.members.find(declared.name);
    if (given == setting.members.end()) {
      remember(place, "default");
      set(declared.name, declared.default_value);
    } else {
      set(declared.name, parameter(declared, given->second, place).value_or(declared.default_value));
    }
    slots.push_back(declared.name);
  }
  for (const auto& [name, member] : setting.members) {
    if (std::ranges::find(slots, name) != slots.end()) continue;
    problems_.add(member.origin, fmt::format("{}: unknown key '{}' of {}{}\n   known keys: {}", path, name,
                                             owner, did_you_mean(name, slots), fmt::join(slots, ", ")));
  }
}

template <typename Settings>
Settings ConfigurationBuilder::bound(const Binding<Settings>& binding, const Setting& setting,
                                     const std::string& path, std::vector<std::string> slots,
                                     const std::string& owner) {
  Settings settings;
  parameters(binding.schema(), setting, path, std::move(slots), owner,
             [&](const std::string& name, const Value& value) { binding.set(settings, name, value); });
  return settings;
}

std::optional<ComponentSetting> ConfigurationBuilder::component(ComponentKind kind, const Setting& setting,
                                                                const std::string& path) {
  const std::string name(to_text(kind));
  if (setting.kind != name) {
    refuse(setting, path, wanted(kind));
    return std::nullopt;
  }
  if (setting.reported) return std::nullopt;
  if (!registry_.contains(kind, setting.id)) {
    registry_.throw_if_refused(kind, setting.id);
    const std::vector<std::string> known = registry_.ids(kind);
    problems_.add(setting.origin,
                  fmt::format("{}: unknown {} '{}'{}\n   known: {}   (`spanlab plugin list`)", path, name,
                              setting.id, did_you_mean(setting.id, known), fmt::join(known, ", ")));
    return std::nullopt;
  }
  const Schema& schema = registry_.info(kind, setting.id).schema;
  ComponentSetting component{kind, setting.id, Parameters(schema, {})};
  parameters(schema, setting, path, {}, fmt::format("{} '{}'", name, setting.id),
             [&](const std::string& key, const Value& value) { component.parameters.set(key, value); });
  remember(path, setting.origin);
  return component;
}

std::optional<LossSettings> ConfigurationBuilder::losses(const Setting& setting, const std::string& path) {
  if (setting.is_value() || !setting.kind.empty() || setting.members.empty()) {
    refuse(
        setting, path,
        fmt::format("a loss for each output of the head: {{ classify = {} }}", wanted(ComponentKind::loss)));
    return std::nullopt;
  }
  LossSettings losses;
  for (const auto& [output, loss] : setting.members) {
    const std::string place = path + '.' + output;
    const auto built = component(ComponentKind::loss, loss, place);
    if (!built) broken_.insert(Path::parse(place));
    losses[output] = built.value_or(ComponentSetting{ComponentKind::loss, "", {}});
  }
  remember(path, setting.origin);
  return losses;
}

std::optional<TaskSetting> ConfigurationBuilder::task(const Setting& setting, const std::string& path) {
  if (setting.kind != "task" || setting.reported) {
    refuse(setting, path, "lab.task { … }");
    return std::nullopt;
  }
  TaskSetting task = bound(task_binding(), setting, path, {"head", "loss", "sampler", "labeler"}, "the task");
  const auto fill = [&](const std::string& name, auto& slot, auto make) {
    const std::string place = path + '.' + name;
    const auto found = setting.members.find(name);
    if (found == setting.members.end()) {
      problems_.add(setting.origin, fmt::format("{}: the task has no '{}'", path, name));
    } else if (auto part = make(found->second, place)) {
      slot = std::move(*part);
      return;
    }
    broken_.insert(Path::parse(place));
  };
  for (const TaskSlot& slot : kTaskSlots) {
    fill(slot.name, task.*slot.member, [&](const Setting& member, const std::string& place) {
      return component(slot.kind, member, place);
    });
  }
  fill("loss", task.losses,
       [&](const Setting& member, const std::string& place) { return losses(member, place); });
  remember(path, setting.origin);
  return task;
}

Setting ConfigurationBuilder::plain_table(const Setting& setting, const std::string& path) {
  if (!setting.is_value() && setting.kind.empty() && !setting.reported) return setting;
  refuse(setting, path, fmt::format("a table {{ {} = … }}", path == "train" ? "epochs" : "rate"));
  return {};
}

std::optional<DataSettings> ConfigurationBuilder::data(const Setting& setting) {
  if (setting.kind != "data" || setting.reported) {
    refuse(setting, "data", "lab.data \"…\" { … }");
    return std::nullopt;
  }
  if (setting.id.empty()) {
    problems_.add(setting.origin, "data: expected the name of a data set, got an empty one");
    return std::nullopt;
  }
  Setting named = setting;
  auto [name, is_new] = named.members.emplace("name", Setting{.origin = setting.origin, .value = setting.id});
  if (!is_new) {
    problems_.add(name->second.origin,
                  "data.name: the name stands before the table: lab.data \"name\" { … }");
  }
  remember("data", setting.origin);
  DataSettings data = bound(data_binding(), named, "data", {"noise"}, "data");
  const auto noise = named.members.find("noise");
  const Setting table = noise == named.members.end() ? Setting() : plain_table(noise->second, "data.noise");
  data.noise = bound(noise_binding(), table, "data.noise", {}, "data.noise");
  return data;
}

Configuration ConfigurationBuilder::build(const Setting& base) {
  Configuration configuration;
  const auto take = [&](auto& place, auto part, const std::string& name) {
    if (part)
      place = std::move(*part);
    else
      broken_.insert(Path({name}));
  };
  Setting train;
  for (const auto& [name, setting] : base.members) {
    if (name == "data")
      take(configuration.data, data(setting), name);
    else if (name == "encoder")
      take(configuration.encoder, component(ComponentKind::encoder, setting, name), name);
    else if (name == "train")
      train = setting;
    else
      take(configuration.tasks[name], task(setting, name), name);
  }
  configuration.train = bound(train_binding(), plain_table(train, "train"), "train", {}, "train");
  return configuration;
}

std::optional<Part> ConfigurationBuilder::convert(const Slot& slot, const Setting& setting,
                                                  const std::string& path) {
  switch (slot.kind) {
    case Slot::Kind::data:
      return data(setting);
    case Slot::Kind::task:
      return task(setting, path);
    case Slot::Kind::losses:
      return losses(setting, path);
    case Slot::Kind::component:
      return component(slot.component, setting, path);
    case Slot::Kind::parameter:
      break;
  }
  return parameter(*slot.parameter, setting, path);
}

std::optional<Part> ConfigurationBuilder::part(const Configuration& configuration,
                                               const Assignment& assignment) {
  const std::optional<Slot> slot = find(configuration, assignment.path);
  if (!slot) return std::nullopt;
  const bool before = std::exchange(remembering_, false);
  std::optional<Part> part = convert(*slot, assignment.setting, assignment.path);
  remembering_ = before;
  return part;
}

// True if something above the path could not be built, which has been said already.
bool ConfigurationBuilder::is_broken(const Configuration& configuration, const Path& path) const {
  if (problems_.empty()) return false;
  const std::string& first = path.first();
  const bool into_a_task = first != "train" && first != "data" && first != "encoder";
  if (into_a_task && configuration.tasks.empty()) return true;
  if (path.size() > 1 && first == "data" && configuration.data.name.empty()) return true;
  if (path.size() > 1 && first == "encoder" && !configuration.encoder.is_set()) return true;
  return std::ranges::any_of(
      broken_, [&](const Path& above) { return above.size() < path.size() && path.is_at_or_below(above); });
}

void ConfigurationBuilder::apply(Configuration& configuration, const Assignment& assignment) {
  const std::string& text = assignment.path;
  const Path path = Path::parse(text);
  const std::optional<Slot> slot = slot_at(configuration, path, registry_);
  if (!slot) {
    if (!is_broken(configuration, path)) {
      problems_.add(assignment.setting.origin, missing(configuration, text));
    }
    return;
  }
  if (remembering_) {
    std::erase_if(origins_, [&](const auto& entry) { return entry.first.starts_with(text + '.'); });
  }
  const std::size_t before = problems_.size();
  std::optional<Part> part = convert(*slot, assignment.setting, text);
  if (part && problems_.size() == before) set_part(configuration, path, std::move(*part), registry_);
}

std::string ConfigurationBuilder::missing(const Configuration& configuration, const std::string& path) const {
  const std::string message = fmt::format("path '{}' does not exist", path);
  const Path names = Path::parse(path);
  const Path above = names.above();
  const std::vector<std::string> below =
      above.empty() ? std::vector<std::string>() : names_below(configuration, above);
  if (below.empty()) {
    return fmt::format("{}{}\n   paths begin with: {}", message,
                       did_you_mean(path, known_paths(configuration)),
                       fmt::join(names_below(configuration, Path()), ", "));
  }
  const std::string close = nearest(names.last(), below);
  std::string hint = close.empty() ? "" : fmt::format("; did you mean '{}.{}'?", above.text(), close);
  if (close.empty()) {
    const std::optional<Part> part = part_at(configuration, above, registry_);
    if (const auto* component = part ? std::get_if<ComponentSetting>(&*part) : nullptr) {
      hint = fmt::format(
          "\n   {} is '{}' here; where it varies, say for which: space:when {{ [\"{}\"] = \"…\" }}",
          above.text(), component->id, above.text());
    }
  }
  return fmt::format("{}{}\n   below {}: {}", message, hint, above.text(), fmt::join(below, ", "));
}

}  // namespace spanlab::host
