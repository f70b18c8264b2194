// SPDX-License-Identifier: MIT
// Which paths a configuration has.
#include "data/noise.hpp"
#include "data/study_data.hpp"
#include "model/task.hpp"
#include "study/configuration.hpp"
#include "train/trial.hpp"

namespace spanlab {

using nlohmann::json;

namespace {

// The names of a path, one after another.
class Names {
 public:
  explicit Names(std::string_view path) : rest_(path) {}
  bool done() const { return rest_.empty(); }
  std::string next() {
    const std::size_t end = std::min(rest_.find('.'), rest_.size());
    std::string name(rest_.substr(0, end));
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    return name;
  }

 private:
  std::string_view rest_;
};

std::optional<Slot> parameter_of(const Schema& schema, Names names) {
  const Parameter* parameter = schema.find(names.next());
  if (!parameter || !names.done()) return std::nullopt;
  return Slot{.kind = Slot::Kind::parameter, .parameter = parameter};
}

std::optional<Slot> inside_component(const Registry& registry, ComponentKind kind, const json& node,
                                     Names names) {
  if (names.done()) return Slot{.kind = Slot::Kind::component, .component = kind};
  if (!node.is_object()) return std::nullopt;
  return parameter_of(registry.info(kind, node.at("component").get_ref<const std::string&>()).schema, names);
}

std::optional<Slot> inside_task(const Registry& registry, const json& task, Names names) {
  if (names.done()) return Slot{.kind = Slot::Kind::task};
  if (!task.is_object()) return std::nullopt;
  Names rest = names;
  const std::string name = rest.next();
  for (const auto& [slot, kind] : kTaskSlots) {
    if (name == slot) return inside_component(registry, kind, task.at(slot), rest);
  }
  if (name != "loss") return parameter_of(task_schema(), names);
  if (rest.done()) return Slot{.kind = Slot::Kind::losses};
  const json& losses = task.at("loss");
  auto loss = losses.find(rest.next());
  if (!losses.is_object() || loss == losses.end()) return std::nullopt;
  return inside_component(registry, ComponentKind::loss, *loss, rest);
}

std::optional<Slot> inside_data(Names names) {
  Names rest = names;
  return rest.next() == "noise" && !rest.done() ? parameter_of(noise_schema(), rest)
                                                : parameter_of(data_schema(), names);
}

void collect(const json& node, const std::string& path, std::vector<std::string>& paths) {
  paths.push_back(path);
  if (!node.is_object()) return;
  for (const auto& [name, member] : node.items()) {
    if (name != "component") collect(member, path + '.' + name, paths);
  }
}

std::vector<std::string> names_below(const json& node) {
  std::vector<std::string> names;
  for (const auto& [name, member] : node.items()) {
    if (name != "component") names.push_back(name);
  }
  return names;
}

}  // namespace

std::optional<Slot> ConfigurationBuilder::find(const json& configuration, const std::string& path) const {
  Names names(path);
  const std::string first = names.next();
  auto found = configuration.find(first);
  if (found == configuration.end() || path.ends_with('.')) return std::nullopt;
  if (first == "train") return names.done() ? std::nullopt : parameter_of(train_schema(), names);
  if (first == "encoder") return inside_component(registry_, ComponentKind::encoder, *found, names);
  if (first != "data") return inside_task(registry_, *found, names);
  return names.done() ? Slot{.kind = Slot::Kind::data} : inside_data(names);
}

std::vector<std::string> known_paths(const json& configuration) {
  std::vector<std::string> paths;
  for (const auto& [name, node] : configuration.items()) collect(node, name, paths);
  std::erase(paths, "train");
  std::erase(paths, "data.noise");
  return paths;
}

std::string ConfigurationBuilder::missing(const json& configuration, const std::string& path) const {
  const std::string message = fmt::format("path '{}' does not exist", path);
  const std::size_t dot = path.rfind('.');
  const std::string above = path.substr(0, std::min(dot, path.size()));
  const auto pointer = pointer_to(above);
  if (dot == path.npos || !configuration.contains(pointer) || !configuration.at(pointer).is_object()) {
    return fmt::format("{}{}\n   paths begin with: {}", message,
                       did_you_mean(path, known_paths(configuration)),
                       fmt::join(names_below(configuration), ", "));
  }
  const json& node = configuration.at(pointer);
  const std::vector<std::string> below = names_below(node);
  const std::string close = nearest(path.substr(dot + 1), below);
  std::string hint = close.empty() ? "" : fmt::format("; did you mean '{}.{}'?", above, close);
  if (close.empty() && node.contains("component")) {
    hint =
        fmt::format("\n   {} is '{}' here; where it varies, say for which: space:when {{ [\"{}\"] = \"…\" }}",
                    above, node.at("component").get<std::string>(), above);
  }
  return fmt::format("{}{}\n   below {}: {}", message, hint, above, fmt::join(below, ", "));
}

}  // namespace spanlab
