// SPDX-License-Identifier: MIT
#include "app/plugins.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "spanlab/error.hpp"

namespace spanlab::host::app {

namespace {

ComponentText text_of(const Registry& registry, ComponentKind kind, const std::string& id) {
  return {kind, registry.info(kind, id), registry.plugin_of(kind, id), registry.identity(kind, id)};
}

[[noreturn]] void fail_unknown(const Registry& registry, const std::string& given) {
  std::vector<std::string> known;
  for (ComponentKind kind : kComponentKinds) {
    for (const std::string& id : registry.ids(kind)) known.push_back(id);
  }
  for (ComponentKind kind : kComponentKinds) {
    if (nearest(given, known).empty()) registry.throw_if_refused(kind, given);
  }
  throw Error(ErrorKind::usage, "",
              fmt::format("no component '{}'{}\n   known: {}", given, did_you_mean(given, known),
                          fmt::join(known, ", ")));
}

}  // namespace

std::string ComponentText::full_name() const { return fmt::format("{}/{}", to_text(kind), info.id); }

PluginList list_plugins(const Places& places) {
  const Registry registry = load_registry(places);
  PluginList list;
  for (ComponentKind kind : kComponentKinds) {
    for (const std::string& id : registry.ids(kind)) list.components.push_back(text_of(registry, kind, id));
  }
  for (const PluginFile& file : registry.files()) {
    if (!file.refusal.empty()) list.refused.push_back(file);
  }
  return list;
}

std::vector<ComponentText> find_components(const std::string& given, const Places& places) {
  const Registry registry = load_registry(places);
  if (const std::size_t slash = given.find('/'); slash != given.npos) {
    return {text_of(registry, component_kind(given.substr(0, slash)), given.substr(slash + 1))};
  }
  std::vector<ComponentText> found;
  for (ComponentKind kind : kComponentKinds) {
    if (registry.contains(kind, given)) found.push_back(text_of(registry, kind, given));
  }
  if (found.empty()) fail_unknown(registry, given);
  return found;
}

}  // namespace spanlab::host::app
