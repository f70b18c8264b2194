// SPDX-License-Identifier: MIT
#include "plugin/configuration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "spanlab/error.hpp"

namespace spanlab {

namespace {

std::string join(const std::string& place, const std::string& name) {
  return place.empty() ? name : fmt::format("{}.{}", place, name);
}

const nlohmann::json& object(const nlohmann::json& node, const std::string& place) {
  if (!node.is_object())
    throw Error(ErrorKind::usage, place, fmt::format("expected a table of keys, got {}", node.type_name()));
  return node;
}

}  // namespace

nlohmann::json to_json(const Value& value) {
  const auto convert = [](const auto& v) -> nlohmann::json {
    if constexpr (std::is_same_v<std::decay_t<decltype(v)>, std::monostate>)
      return nullptr;
    else
      return v;
  };
  return std::visit(convert, value);
}

Value from_json(const nlohmann::json& node) {
  const auto all = [&](auto test) { return std::ranges::all_of(node, test); };
  switch (node.type()) {
    case nlohmann::json::value_t::null:
      return std::monostate();
    case nlohmann::json::value_t::boolean:
      return node.get<bool>();
    case nlohmann::json::value_t::number_integer:
      return node.get<std::int64_t>();
    case nlohmann::json::value_t::number_unsigned:
      if (node.get<std::uint64_t>() > std::numeric_limits<std::int64_t>::max()) return node.get<double>();
      return node.get<std::int64_t>();
    case nlohmann::json::value_t::number_float:
      return node.get<double>();
    case nlohmann::json::value_t::string:
      return node.get<std::string>();
    case nlohmann::json::value_t::array:
      if (all([](const nlohmann::json& v) { return v.is_string(); }))
        return node.get<std::vector<std::string>>();
      if (all([](const nlohmann::json& v) { return v.is_number(); })) return node.get<std::vector<double>>();
      throw Error(ErrorKind::usage, "", "expected a list of texts or a list of numbers, got " + node.dump());
    default:
      throw Error(ErrorKind::usage, "", fmt::format("expected a value, got {}", node.type_name()));
  }
}

Parameters read_parameters(const Schema& schema, const nlohmann::json& node, const std::string& place,
                           std::span<const std::string> slots) {
  std::map<std::string, Value> given;
  std::vector<Problem> problems;
  for (const auto& [name, member] : object(node, place).items()) {
    if (std::ranges::find(slots, name) != slots.end()) continue;
    try {
      given.emplace(name, from_json(member));
    } catch (const Error& error) {
      problems.push_back({join(place, name), error.problems().front().message});
    }
  }
  try {
    Parameters parameters(schema, given, place);
    if (problems.empty()) return parameters;
  } catch (const Error& error) {
    problems.insert(problems.end(), error.problems().begin(), error.problems().end());
  }
  throw Error(ErrorKind::usage, std::move(problems));
}

ComponentChoice read_component(const Registry& registry, ComponentKind kind, const nlohmann::json& node,
                               const std::string& place) {
  static const std::vector<std::string> own{"component"};
  const auto found = object(node, place).find("component");
  if (found == node.end() || !found->is_string()) {
    throw Error(ErrorKind::usage, join(place, "component"),
                fmt::format("expected the name of {} {}", kind == ComponentKind::encoder ? "an" : "a",
                            to_text(kind)));
  }
  const auto id = found->get<std::string>();
  try {
    const Schema& schema = registry.info(kind, id).schema;
    return {kind, id, read_parameters(schema, node, place, own)};
  } catch (const Error& error) {
    std::vector<Problem> problems = error.problems();
    for (Problem& problem : problems) {
      if (problem.place.empty()) problem.place = place;
    }
    throw Error(error.kind(), std::move(problems));
  }
}

std::optional<ComponentChoice> inner_encoder(const Registry& registry, const nlohmann::json& node) {
  const Parameters outer = read_component(registry, ComponentKind::encoder, node, "encoder").parameters;
  const auto is_set = [&](const char* name) { return outer.values().contains(name) && outer.has(name); };
  if (!is_set("context") || !is_set("model")) return std::nullopt;
  const std::string& id = outer.text("context");
  const Schema& schema = registry.info(ComponentKind::encoder, id).schema;
  if (!schema.find("model") || !schema.find("frozen")) {
    throw Error(ErrorKind::usage, "encoder.context",
                fmt::format("the encoder '{}' has no parameters `model` and `frozen`; expected one that can "
                            "stand frozen inside another",
                            id));
  }
  return ComponentChoice{
      ComponentKind::encoder, id,
      Parameters(schema, {{"model", outer.text("model")}, {"frozen", true}}, "encoder.context")};
}

std::vector<std::string> task_names(const nlohmann::json& configuration) {
  std::vector<std::string> names;
  for (const auto& [name, member] : configuration.items()) {
    if (name != "data" && name != "encoder" && name != "train") names.push_back(name);
  }
  std::ranges::sort(names);
  return names;
}

}  // namespace spanlab
