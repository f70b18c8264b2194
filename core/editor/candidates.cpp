// SPDX-License-Identifier: MIT
#include "editor/candidates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "settings/configuration_json.hpp"
#include "settings/configuration_path.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host::editor {

namespace {

std::vector<Candidate> plain(const std::vector<std::string>& texts) {
  std::vector<Candidate> found;
  for (const std::string& text : texts) found.push_back({text});
  return found;
}

// The card of the configuration's data set, or null.
const DataCard* card_of(const Configuration& configuration, const CardIndex& cards) {
  try {
    return &cards.data(configuration.data.name);
  } catch (const Error&) {
    return nullptr;
  }
}

std::vector<std::string> splits(const DataCard& card) {
  std::vector<std::string> names;
  for (const auto& [name, file] : card.splits) names.push_back(name);
  if (card.folds > 0) names = {"train", "test"};
  return names;
}

// Names that a text stands for which no schema lists: of cards, splits, views, tasks.
std::vector<std::string> names_for(const Parameter& parameter, const Configuration& configuration,
                                   const Path& path, const Surroundings& around) {
  if (parameter.role == Role::pretrained) return around.cards.model_names();
  if (parameter.role == Role::component) return around.registry.ids(parameter.component_kind);
  const std::string text = path.text();
  if (text == "data.name") return around.cards.data_names();
  const DataCard* card = card_of(configuration, around.cards);
  const bool is_split = text == "data.train" || text == "data.dev" || text == "data.test";
  if (card && is_split) return splits(*card);
  const bool is_of_task = path.size() == 2 && configuration.tasks.contains(path.names()[0]);
  const bool is_view = parameter.role == Role::view || text == "data.noise.views";
  if (card && (is_view || (is_of_task && parameter.name == "view"))) return card->views;
  std::vector<std::string> tasks;
  if (is_of_task && parameter.name == "spans") {
    for (const auto& [name, task] : configuration.tasks) tasks.push_back(name);
  }
  return tasks;
}

// A value as `--set` reads it.
std::string option_text(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (std::holds_alternative<std::monostate>(value)) return "";
  std::string text = json_text(value);
  if (!text.starts_with('[')) return text;
  std::erase_if(text, [](char c) { return c == '[' || c == ']' || c == '"'; });
  return text;
}

bool is_list(const Parameter& parameter) {
  return parameter.type == ParameterType::texts || parameter.type == ParameterType::numbers;
}

std::vector<Candidate> values_of(const Parameter& parameter, const Configuration& configuration,
                                 const Path& path, const Surroundings& around) {
  if (parameter.type == ParameterType::boolean) return plain({"true", "false"});
  if (!parameter.choices.empty()) return plain(parameter.choices);
  if (std::vector<std::string> names = names_for(parameter, configuration, path, around); !names.empty()) {
    return plain(names);
  }
  const std::optional<Part> now = part_at(configuration, path, around.registry);
  const Value* value = now ? std::get_if<Value>(&*now) : nullptr;
  const std::string text = value ? option_text(*value) : "";
  if (text.empty()) return {};
  return {{text, "now; " + what_fits(parameter)}};
}

// Of a list, the items before the one that is written, and a comma.
std::string items_before(const Parameter& parameter, std::string_view begun) {
  const std::size_t comma = is_list(parameter) ? begun.rfind(',') : begun.npos;
  return comma == begun.npos ? "" : std::string(begun.substr(0, comma + 1));
}

// Takes away what stands among these items.
void erase_items(std::vector<Candidate>& found, const std::string& items) {
  std::erase_if(found, [&](const Candidate& candidate) {
    return (',' + items).find(',' + candidate.text + ',') != items.npos;
  });
}

}  // namespace

std::vector<Candidate> component_ids(const Registry& registry, ComponentKind kind) {
  std::vector<Candidate> found;
  for (const std::string& id : registry.ids(kind)) found.push_back({id, registry.info(kind, id).summary});
  return found;
}

std::vector<Candidate> changeable_paths(const Configuration& configuration,
                                        const std::set<std::string>& varied, const Surroundings& around) {
  std::vector<Candidate> found;
  for (const std::string& path : known_paths(configuration)) {
    const std::optional<Slot> slot = slot_at(configuration, Path::parse(path), around.registry);
    if (!slot || varied.contains(path)) continue;
    if (slot->kind == Slot::Kind::parameter) found.push_back({path + '=', slot->parameter->doc});
    if (slot->kind == Slot::Kind::component) {
      found.push_back({path + '=', fmt::format("a component: {}", to_text(slot->component))});
    }
  }
  return found;
}

std::vector<Candidate> values_at(const Configuration& configuration, const std::string& path,
                                 std::string_view begun, const Surroundings& around) {
  const Path place = Path::parse(path);
  const std::optional<Slot> slot = slot_at(configuration, place, around.registry);
  std::vector<Candidate> found;
  std::string before = path + '=';
  if (slot && slot->kind == Slot::Kind::component) found = component_ids(around.registry, slot->component);
  if (slot && slot->kind == Slot::Kind::parameter) {
    found = values_of(*slot->parameter, configuration, place, around);
    const std::string items = items_before(*slot->parameter, begun);
    erase_items(found, items);
    before += items;
  }
  for (Candidate& candidate : found) candidate.text = before + candidate.text;
  return found;
}

}  // namespace spanlab::host::editor
