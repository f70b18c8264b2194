// SPDX-License-Identifier: MIT
#include "settings/configuration_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "spanlab/error.hpp"

namespace spanlab::host {

using nlohmann::json;

namespace {

json json_of(const Value& value) {
  const auto convert = []<typename Held>(const Held& held) -> json {
    if constexpr (std::is_same_v<Held, std::monostate>)
      return nullptr;
    else
      return held;
  };
  return std::visit(convert, value);
}

json json_of(const ComponentSetting& component) {
  json node{{"component", component.id}};
  for (const auto& [name, value] : component.parameters.values()) node[name] = json_of(value);
  return node;
}

json json_of(const LossSettings& losses) {
  json node = json::object();
  for (const auto& [output, loss] : losses) node[output] = json_of(loss);
  return node;
}

template <typename Settings>
json json_of(const Binding<Settings>& binding, const Settings& settings) {
  json node = json::object();
  for (const Parameter& parameter : binding.schema().parameters()) {
    node[parameter.name] = json_of(binding.get(settings, parameter.name));
  }
  return node;
}

json json_of(const TaskSetting& task) {
  json node = json_of(task_binding(), task);
  for (const TaskSlot& slot : kTaskSlots) node[slot.name] = json_of(task.*slot.member);
  node["loss"] = json_of(task.losses);
  return node;
}

json json_of(const DataSettings& data) {
  json node = json_of(data_binding(), data);
  node["noise"] = json_of(noise_binding(), data.noise);
  return node;
}

std::string join(const std::string& place, const std::string& name) {
  return place.empty() ? name : fmt::format("{}.{}", place, name);
}

Value value_of_list(const json& node) {
  const auto all = [&](auto test) { return std::ranges::all_of(node, test); };
  if (all([](const json& item) { return item.is_string(); })) return node.get<std::vector<std::string>>();
  if (all([](const json& item) { return item.is_number(); })) return node.get<std::vector<double>>();
  throw Error(ErrorKind::usage, "", "expected a list of texts or a list of numbers, got " + node.dump());
}

// As far as JSON tells the types; a schema does the rest.
Value value_of(const json& node) {
  constexpr std::uint64_t kLargest = std::numeric_limits<std::int64_t>::max();
  if (node.is_null()) return std::monostate();
  if (node.is_boolean()) return node.get<bool>();
  if (node.is_number_unsigned() && node.get<std::uint64_t>() > kLargest) return node.get<double>();
  if (node.is_number_integer()) return node.get<std::int64_t>();
  if (node.is_number_float()) return node.get<double>();
  if (node.is_string()) return node.get<std::string>();
  if (node.is_array()) return value_of_list(node);
  throw Error(ErrorKind::usage, "", fmt::format("expected a value, got {}", node.type_name()));
}

/// Reads the parts and keeps every problem.
class ConfigurationReader {
 public:
  ConfigurationReader(const Registry& registry, std::vector<Problem>& problems)
      : registry_(registry), problems_(problems) {}

  Configuration read(const json& node) {
    Configuration configuration;
    if (!is_table(node, "")) return configuration;
    for (const auto& [name, member] : node.items()) {
      if (name == "data")
        configuration.data = data(member);
      else if (name == "encoder")
        configuration.encoder = component(ComponentKind::encoder, member, name);
      else if (name == "train")
        configuration.train = bound(train_binding(), member, name);
      else
        configuration.tasks[name] = task(member, name);
    }
    return configuration;
  }

  /// Of the problems: a plugin's, where one that was refused may have a component that is not known.
  ErrorKind kind() const { return kind_; }

 private:
  bool is_table(const json& node, const std::string& place) {
    if (node.is_object()) return true;
    problems_.push_back({place, fmt::format("expected a table of keys, got {}", node.type_name())});
    return false;
  }

  // Of the members of `node`, without those named in `slots`, which are parts of their own.
  Parameters parameters(const Schema& schema, const json& node, const std::string& place,
                        std::initializer_list<std::string_view> slots) {
    std::map<std::string, Value> given;
    for (const auto& [name, member] : node.items()) {
      if (std::ranges::find(slots, name) != slots.end()) continue;
      attempt(join(place, name),
              [&, &name = name, &member = member] { given.emplace(name, value_of(member)); });
    }
    Parameters read(schema, {});
    attempt(place, [&] { read = Parameters(schema, given, place); });
    return read;
  }

  template <typename Action>
  void attempt(const std::string& place, Action action) {
    try {
      action();
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::usage && error.kind() != ErrorKind::plugin) throw;
      if (error.kind() == ErrorKind::plugin) kind_ = ErrorKind::plugin;
      for (const Problem& problem : error.problems()) {
        problems_.push_back({problem.place.empty() ? place : problem.place, problem.message});
      }
    }
  }

  template <typename Settings>
  Settings bound(const Binding<Settings>& binding, const json& node, const std::string& place,
                 std::initializer_list<std::string_view> slots = {}) {
    if (!is_table(node, place)) return {};
    return binding.settings(parameters(binding.schema(), node, place, slots));
  }

  DataSettings data(const json& node) {
    DataSettings read = bound(data_binding(), node, "data", {"noise"});
    if (node.is_object() && node.contains("noise")) {
      read.noise = bound(noise_binding(), node.at("noise"), "data.noise");
    }
    return read;
  }

  ComponentSetting component(ComponentKind kind, const json& node, const std::string& place) {
    ComponentSetting read{kind, "", {}};
    if (!is_table(node, place)) return read;
    const auto found = node.find("component");
    if (found == node.end() || !found->is_string()) {
      problems_.push_back({join(place, "component"),
                           fmt::format("expected the name of {} {}",
                                       kind == ComponentKind::encoder ? "an" : "a", to_text(kind))});
      return read;
    }
    const auto id = found->get<std::string>();
    attempt(place, [&] {
      read.parameters = parameters(registry_.info(kind, id).schema, node, place, {"component"});
      read.id = id;
    });
    return read;
  }

  TaskSetting task(const json& node, const std::string& name) {
    TaskSetting read = bound(task_binding(), node, name, {"head", "sampler", "labeler", "loss"});
    if (!node.is_object()) return read;
    for (const TaskSlot& slot : kTaskSlots) {
      if (const json* member = needed(node, name, slot.name)) {
        read.*slot.member = component(slot.kind, *member, join(name, slot.name));
      }
    }
    const json* losses = needed(node, name, "loss");
    if (!losses || !is_table(*losses, join(name, "loss"))) return read;
    for (const auto& [output, loss] : losses->items()) {
      read.losses[output] = component(ComponentKind::loss, loss, fmt::format("{}.loss.{}", name, output));
    }
    return read;
  }

  const json* needed(const json& node, const std::string& task, const char* slot) {
    const auto found = node.find(slot);
    if (found != node.end()) return &*found;
    problems_.push_back({join(task, slot), "a task needs this component"});
    return nullptr;
  }

  const Registry& registry_;
  std::vector<Problem>& problems_;
  ErrorKind kind_ = ErrorKind::usage;
};

}  // namespace

json to_json(const Configuration& configuration) {
  json node{{"data", json_of(configuration.data)},
            {"encoder", json_of(configuration.encoder)},
            {"train", json_of(train_binding(), configuration.train)}};
  for (const auto& [name, task] : configuration.tasks) node[name] = json_of(task);
  return node;
}

json to_json(const Part& part) {
  return std::visit([](const auto& held) { return json_of(held); }, part);
}

std::string json_text(const Part& part) { return to_json(part).dump(); }

Configuration read_configuration(const json& json, const Registry& registry) {
  std::vector<Problem> problems;
  ConfigurationReader reader(registry, problems);
  Configuration configuration = reader.read(json);
  if (!problems.empty()) throw Error(reader.kind(), std::move(problems));
  return configuration;
}

Configuration read_configuration(const json& json, const Registry& registry, std::vector<Problem>& problems) {
  return ConfigurationReader(registry, problems).read(json);
}

}  // namespace spanlab::host
