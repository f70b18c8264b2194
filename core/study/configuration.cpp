// SPDX-License-Identifier: MIT
#include "study/configuration.hpp"

#include "data/noise.hpp"
#include "data/study_data.hpp"
#include "model/task.hpp"
#include "plugin/configuration.hpp"
#include "train/trial.hpp"

namespace spanlab {

using nlohmann::json;

namespace {

std::vector<std::string> steps_of(const std::string& path) {
  std::vector<std::string> names;
  for (std::size_t begin = 0; begin <= path.size();) {
    std::size_t end = std::min(path.find('.', begin), path.size());
    names.push_back(path.substr(begin, end - begin));
    begin = end + 1;
  }
  return names;
}

std::string in_words(const Setting& setting) {
  if (!setting.kind.empty()) return setting.kind + (setting.id.empty() ? "" : " \"" + setting.id + "\"");
  return setting.members.empty() ? "an empty table" : "a table";
}

std::string wanted(ComponentKind kind) { return fmt::format("lab.{} \"…\" {{ … }}", to_text(kind)); }

}  // namespace

json::json_pointer pointer_to(const std::string& path) {
  json::json_pointer pointer;
  for (const std::string& name : steps_of(path)) pointer /= name;
  return pointer;
}

void ConfigurationBuilder::remember(const std::string& path, const Origin& origin) {
  if (remembering_) origins_[path] = origin;
}

std::optional<json> ConfigurationBuilder::parameter(const Parameter& parameter, const Setting& setting,
                                                    const std::string& path) {
  if (setting.reported) return std::nullopt;
  const bool wants_list = parameter.type == ParameterType::numbers || parameter.type == ParameterType::texts;
  Value value = setting.value;
  if (setting.is_empty_table() && wants_list) value = std::vector<std::string>();
  auto result = fit(parameter, value);
  std::string* reason = std::get_if<std::string>(&result);
  if (!reason && (setting.is_value() || wants_list)) {
    remember(path, setting.origin);
    return to_json(std::get<Value>(result));
  }
  std::string message = reason ? *reason : "expected a value, got nothing";
  if (std::size_t got = message.find("got nothing"); got != message.npos)
    message = message.substr(0, got + 4) + in_words(setting);
  problems_.add(setting.origin, fmt::format("{}: {}", path, message));
  return std::nullopt;
}

json ConfigurationBuilder::parameters(const Schema& schema, const Setting& setting, const std::string& path,
                                      std::vector<std::string> slots, const std::string& owner) {
  json node = json::object();
  for (const Parameter& declared : schema.parameters()) {
    const std::string place = path + '.' + declared.name;
    auto given = setting.members.find(declared.name);
    if (given == setting.members.end()) {
      node[declared.name] = to_json(declared.default_value);
      remember(place, "default");
    } else if (auto value = parameter(declared, given->second, place)) {
      node[declared.name] = std::move(*value);
    } else {
      node[declared.name] = to_json(declared.default_value);
    }
    slots.push_back(declared.name);
  }
  for (const auto& [name, member] : setting.members) {
    if (std::ranges::find(slots, name) != slots.end()) continue;
    problems_.add(member.origin, fmt::format("{}: unknown key '{}' of {}{}\n   known keys: {}", path, name,
                                             owner, did_you_mean(name, slots), fmt::join(slots, ", ")));
  }
  return node;
}

json ConfigurationBuilder::component(ComponentKind kind, const Setting& setting, const std::string& path) {
  const std::string name(to_text(kind));
  if (setting.kind != name) {
    const std::string got = setting.is_value() ? "a value" : in_words(setting);
    if (!setting.reported)
      problems_.add(setting.origin, fmt::format("{}: expected {}, got {}", path, wanted(kind), got));
    return nullptr;
  }
  if (setting.reported) return nullptr;
  if (!registry_.contains(kind, setting.id)) {
    registry_.throw_if_refused(kind, setting.id);
    const std::vector<std::string> known = registry_.ids(kind);
    problems_.add(setting.origin,
                  fmt::format("{}: unknown {} '{}'{}\n   known: {}   (`spanlab plugin list`)", path, name,
                              setting.id, did_you_mean(setting.id, known), fmt::join(known, ", ")));
    return nullptr;
  }
  json node = parameters(registry_.info(kind, setting.id).schema, setting, path, {},
                         fmt::format("{} '{}'", name, setting.id));
  node["component"] = setting.id;
  remember(path, setting.origin);
  return node;
}

json ConfigurationBuilder::losses(const Setting& setting, const std::string& path) {
  if (setting.is_value() || !setting.kind.empty() || setting.members.empty()) {
    if (!setting.reported) {
      problems_.add(
          setting.origin,
          fmt::format("{}: expected a loss for each output of the head: {{ classify = {} }}, got {}", path,
                      wanted(ComponentKind::loss), setting.is_value() ? "a value" : in_words(setting)));
    }
    return nullptr;
  }
  json node = json::object();
  for (const auto& [output, loss] : setting.members)
    node[output] = component(ComponentKind::loss, loss, path + '.' + output);
  remember(path, setting.origin);
  return node;
}

json ConfigurationBuilder::task(const Setting& setting, const std::string& path) {
  if (setting.kind != "task" || setting.reported) {
    if (!setting.reported)
      problems_.add(setting.origin,
                    fmt::format("{}: expected lab.task {{ … }}, got {}", path, in_words(setting)));
    return nullptr;
  }
  json node = parameters(task_schema(), setting, path, {"head", "loss", "sampler", "labeler"}, "the task");
  auto slot = [&](const std::string& name, auto make) {
    auto found = setting.members.find(name);
    if (found == setting.members.end())
      problems_.add(setting.origin, fmt::format("{}: the task has no '{}'", path, name));
    node[name] = found == setting.members.end() ? json() : make(found->second, path + '.' + name);
  };
  for (const auto& [name, kind] : kTaskSlots) {
    slot(name, [&, kind = kind](const Setting& member, const std::string& place) {
      return component(kind, member, place);
    });
  }
  slot("loss", [&](const Setting& member, const std::string& place) { return losses(member, place); });
  remember(path, setting.origin);
  return node;
}

Setting ConfigurationBuilder::plain_table(const Setting& setting, const std::string& path) {
  if (!setting.is_value() && setting.kind.empty() && !setting.reported) return setting;
  if (!setting.reported) {
    const char* example = path == "train" ? "epochs" : "rate";
    problems_.add(setting.origin, fmt::format("{}: expected a table {{ {} = … }}, got {}", path, example,
                                              setting.is_value() ? "a value" : in_words(setting)));
  }
  return {};
}

json ConfigurationBuilder::data(const Setting& setting) {
  if (setting.kind != "data" || setting.reported) {
    if (!setting.reported)
      problems_.add(setting.origin,
                    fmt::format("data: expected lab.data \"…\" {{ … }}, got {}", in_words(setting)));
    return nullptr;
  }
  Setting named = setting;
  auto [name, is_new] = named.members.emplace("name", Setting{.origin = setting.origin, .value = setting.id});
  if (!is_new)
    problems_.add(name->second.origin,
                  "data.name: the name stands before the table: lab.data \"name\" { … }");
  remember("data", setting.origin);
  json node = parameters(data_schema(), named, "data", {"noise"}, "data");
  auto noise = named.members.find("noise");
  node["noise"] = parameters(
      noise_schema(), noise == named.members.end() ? Setting() : plain_table(noise->second, "data.noise"),
      "data.noise", {}, "data.noise");
  return node;
}

json ConfigurationBuilder::build(const Setting& base) {
  json configuration = json::object();
  Setting train;
  for (const auto& [name, setting] : base.members) {
    if (name == "data")
      configuration[name] = data(setting);
    else if (name == "encoder")
      configuration[name] = component(ComponentKind::encoder, setting, name);
    else if (name == "train")
      train = setting;
    else
      configuration[name] = task(setting, name);
  }
  configuration["train"] = parameters(train_schema(), plain_table(train, "train"), "train", {}, "train");
  return configuration;
}

json ConfigurationBuilder::convert(const Slot& slot, const Setting& setting, const std::string& path) {
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
  return parameter(*slot.parameter, setting, path).value_or(json());
}

std::optional<json> ConfigurationBuilder::value(const json& configuration, const Assignment& assignment) {
  std::optional<Slot> slot = find(configuration, assignment.path);
  if (!slot) return std::nullopt;
  const bool before = std::exchange(remembering_, false);
  json result = convert(*slot, assignment.setting, assignment.path);
  remembering_ = before;
  return result;
}

// True if something above the path could not be built, which has been said already.
bool ConfigurationBuilder::is_broken(const json& configuration, const std::string& path) const {
  if (problems_.empty()) return false;
  const bool into_a_task =
      !path.starts_with("train.") && !path.starts_with("data.") && !path.starts_with("encoder");
  if (into_a_task && task_names(configuration).empty()) return true;
  for (std::size_t dot = path.find('.'); dot != path.npos; dot = path.find('.', dot + 1)) {
    const auto above = pointer_to(path.substr(0, dot));
    if (!configuration.contains(above) && (dot == path.find('.')) &&
        (path.starts_with("data.") || path.starts_with("encoder.")))
      return true;
    if (configuration.contains(above) && configuration.at(above).is_null()) return true;
  }
  return false;
}

void ConfigurationBuilder::apply(json& configuration, const Assignment& assignment) {
  const std::string& path = assignment.path;
  std::optional<Slot> slot = find(configuration, path);
  if (!slot) {
    if (!is_broken(configuration, path))
      problems_.add(assignment.setting.origin, missing(configuration, path));
    return;
  }
  if (remembering_)
    std::erase_if(origins_, [&](const auto& entry) { return entry.first.starts_with(path + '.'); });
  const std::size_t before = problems_.size();
  json node = convert(*slot, assignment.setting, path);
  if (problems_.size() == before && !assignment.setting.reported)
    configuration[pointer_to(path)] = std::move(node);
}

}  // namespace spanlab
