// SPDX-License-Identifier: MIT
#include "data/readers.hpp"

#include <fmt/format.h>

#include "sdk/problem_list.hpp"
#include "text/look_alike.hpp"

namespace spanlab {

std::vector<std::string> Item::words(const char* key) const {
  std::vector<std::string> words;
  if (!node_.is_object() || !node_.contains(key)) {
    add("", fmt::format("has no '{}'", key));
    return words;
  }
  const nlohmann::json& node = node_[key];
  if (!node.is_array()) {
    add("", fmt::format("'{}' must be a list of texts, not {}", key, node.type_name()));
    return words;
  }
  for (const auto& word : node) {
    if (!word.is_string()) {
      add("", fmt::format("'{}' must be a list of texts, but has {} at {}", key, word.type_name(), words.size()));
      return {};
    }
    words.push_back(word.get<std::string>());
  }
  if (words.empty()) add("", "is a sentence without words");
  return words;
}

const nlohmann::json& Item::list(const std::string& key, Annotations annotations) const {
  static const nlohmann::json empty = nlohmann::json::array();
  if (!node_.is_object() || !node_.contains(key)) {
    if (annotations == Annotations::needed) add("", fmt::format("has no '{}'", key));
    return empty;
  }
  if (node_[key].is_array()) return node_[key];
  add("", fmt::format("'{}' must be a list, not {}", key, node_[key].type_name()));
  return empty;
}

void Item::add(const std::string& what, std::string message) const {
  add_problem(problems_, what.empty() ? place_ : place_ + ", " + what, std::move(message));
}

std::int32_t type_index(const std::vector<LabelType>& types, const std::string& name, const char* kind, const Item& item,
                        const std::string& what) {
  for (std::size_t i = 0; i < types.size(); ++i) {
    if (types[i].name == name) return static_cast<std::int32_t>(i);
  }
  std::vector<std::string> known;
  for (const LabelType& type : types) known.push_back(type.name);
  std::string alike;
  for (const std::string& type : known) alike = alike.empty() ? look_alike(name, type) : alike;
  item.add(what, fmt::format("unknown {} type '{}'{} (known: {})", kind, name, alike.empty() ? did_you_mean(name, known) : alike, fmt::join(known, ", ")));
  return -1;
}

void turn_symmetric(Annotation& annotation, const Inventory& inventory) {
  for (Relation& relation : annotation.relations) {
    if (!inventory.relations[static_cast<std::size_t>(relation.type)].symmetric) continue;
    const auto& entities = annotation.entities;
    if (entities[static_cast<std::size_t>(relation.tail)].span.begin < entities[static_cast<std::size_t>(relation.head)].span.begin) {
      std::swap(relation.head, relation.tail);
    }
  }
}

}  // namespace spanlab
