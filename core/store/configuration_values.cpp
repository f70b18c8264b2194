// SPDX-License-Identifier: MIT
#include "store/configuration_values.hpp"

#include <algorithm>

namespace spanlab::host {

using nlohmann::json;

namespace {

using Each = std::function<void(const std::string& path, const json& value)>;

void visit(const json& node, const std::string& path, const Each& each) {
  if (!node.is_object()) return each(path, node);
  const auto below = [&](const std::string& name) { return path.empty() ? name : path + '.' + name; };
  const auto component = node.find("component");
  if (component != node.end()) visit(*component, below("component"), each);
  for (const auto& [name, member] : node.items()) {
    if (name != "component") visit(member, below(name), each);
  }
}

}  // namespace

void for_each_value(const json& node, const Each& each) { visit(node, "", each); }

std::map<std::string, json> values_by_path(const json& node) {
  std::map<std::string, json> values;
  for_each_value(node, [&](const std::string& path, const json& value) { values[path] = value; });
  return values;
}

const json& value_at(const json& configuration, std::string_view path) {
  static const json none;
  const json* node = &configuration;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('.', begin), path.size());
    if (!node->is_object()) return none;
    const auto found = node->find(std::string(path.substr(begin, end - begin)));
    if (found == node->end()) return none;
    node = &*found;
    begin = end + 1;
  }
  return *node;
}

bool at_or_below(std::string_view path, std::string_view above) {
  return path.starts_with(above) && (path.size() == above.size() || path[above.size()] == '.');
}

}  // namespace spanlab::host
