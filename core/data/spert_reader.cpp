// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "data/readers.hpp"

namespace spanlab {

namespace {

using nlohmann::json;

// An integer member of an entity or relation, or a problem.
std::optional<std::int64_t> integer(const json& node, const char* key, const Item& item, const std::string& what) {
  if (node.is_object() && node.contains(key) && node[key].is_number_integer()) return node[key].get<std::int64_t>();
  item.add(what, fmt::format("must have an integer '{}'", key));
  return std::nullopt;
}

std::int32_t type_of(const json& node, const std::vector<LabelType>& types, const char* kind, const Item& item, const std::string& what) {
  if (node.is_object() && node.contains("type") && node["type"].is_string()) {
    return type_index(types, node["type"].get<std::string>(), kind, item, what);
  }
  item.add(what, "must have a text 'type'");
  return -1;
}

// Keeps wrong entities out, so `good` says which numbers relations may use.
bool read_entity(const json& node, std::int64_t words, const Inventory& inventory, const Item& item, const std::string& what, Entity& entity) {
  const auto start = integer(node, "start", item, what);
  const auto end = integer(node, "end", item, what);
  entity.type = type_of(node, inventory.entities, "entity", item, what);
  if (!start || !end) return false;
  const bool inside = 0 <= *start && *start < *end && *end <= words;
  if (!inside) {
    item.add(what, fmt::format("words [{}, {}) are not in the sentence, which has {} words (start from 0, end exclusive)", *start, *end, words));
  } else {
    entity.span = {static_cast<std::int32_t>(*start), static_cast<std::int32_t>(*end)};
  }
  return inside && entity.type >= 0;
}

bool read_relation(const json& node, std::int64_t entities, const Inventory& inventory, const Item& item, const std::string& what,
                   Relation& relation) {
  relation.type = type_of(node, inventory.relations, "relation", item, what);
  bool good = relation.type >= 0;
  for (auto [key, slot] : {std::pair{"head", &relation.head}, std::pair{"tail", &relation.tail}}) {
    const auto index = integer(node, key, item, what);
    if (index && (*index < 0 || *index >= entities)) {
      item.add(what, fmt::format("{} {} is not an entity of the sentence, which has {} (counted from 0)", key, *index, entities));
    }
    if (!index || *index < 0 || *index >= entities) good = false;
    else *slot = static_cast<std::int32_t>(*index);
  }
  return good;
}

Annotation read_annotation(const Item& item, std::int64_t words, const std::string& prefix, const Inventory& inventory, Annotations needed) {
  Annotation annotation;
  bool good = true;
  const json& entities = item.list(prefix + "entities", needed);
  for (std::size_t i = 0; i < entities.size(); ++i) {
    Entity entity;
    good &= read_entity(entities[i], words, inventory, item, fmt::format("{}entity {}", prefix, i), entity);
    annotation.entities.push_back(entity);
  }
  const json& relations = item.list(prefix + "relations", needed);
  for (std::size_t i = 0; i < relations.size(); ++i) {
    Relation relation;
    good &= read_relation(relations[i], static_cast<std::int64_t>(entities.size()), inventory, item, fmt::format("{}relation {}", prefix, i), relation);
    annotation.relations.push_back(relation);
  }
  if (good) turn_symmetric(annotation, inventory);
  return annotation;
}

std::string identifier(const json& node, const char* key) {
  if (!node.is_object() || !node.contains(key)) return "";
  const json& id = node[key];
  return id.is_string() ? id.get<std::string>() : id.is_number_integer() ? id.dump() : "";
}

}  // namespace

std::vector<Sentence> read_spert_items(const Source& source, LeftOut& left_out, std::vector<Problem>& problems) {
  std::vector<Sentence> sentences;
  const std::size_t before = problems.size();
  const std::string text = read_text(source.file, problems);
  if (problems.size() > before) return sentences;
  const json items = parse_json(text, source.file, 1, problems);
  if (problems.size() > before) return sentences;
  if (!items.is_array() || items.empty()) {
    problems.push_back({source.file.string(), items.empty() && items.is_array() ? "holds no sentences" : "must be a list of sentences"});
    return sentences;
  }
  for (std::size_t i = 0; i < items.size(); ++i) {
    Sentence sentence;
    sentence.id = identifier(items[i], "orig_id");
    sentence.document = identifier(items[i], "document");
    const Item item(items[i], fmt::format("{}: item {}{}", source.file.string(), i, sentence.id.empty() ? "" : " (" + sentence.id + ")"), problems);
    if (!items[i].is_object()) {
      item.add("", fmt::format("must be an object with 'tokens', not {}", items[i].type_name()));
      continue;
    }
    if (source.skip_empty && items[i].value("tokens", json()) == json::array()) {
      ++left_out.sentences;
      continue;
    }
    sentence.words = item.words("tokens");
    for (std::size_t v = 0; v < source.views.size() && source.annotations != Annotations::none; ++v) {
      const std::string prefix = source.views[v] == "default" ? "" : source.views[v] + "_";
      sentence.views.push_back(read_annotation(item, static_cast<std::int64_t>(sentence.words.size()), prefix, source.inventories[v], source.annotations));
    }
    sentences.push_back(std::move(sentence));
  }
  return sentences;
}

}  // namespace spanlab
