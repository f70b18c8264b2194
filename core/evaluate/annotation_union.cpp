// SPDX-License-Identifier: MIT
#include "evaluate/annotation_union.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "spanlab/error.hpp"

namespace spanlab::host {

namespace {

std::vector<LabelType> type_union(std::vector<LabelType> types, const std::vector<LabelType>& others) {
  for (const LabelType& other : others) {
    auto same = std::ranges::find(types, other.name, &LabelType::name);
    if (same == types.end()) {
      types.push_back(other);
    } else {
      same->symmetric = same->symmetric || other.symmetric;
    }
  }
  return types;
}

std::int32_t index_of(const LabelType& type, const std::vector<LabelType>& types) {
  const auto found = std::ranges::find(types, type.name, &LabelType::name);
  if (found == types.end()) {
    throw Error(ErrorKind::data, "", fmt::format("no type '{}' in the other inventory", type.name));
  }
  return static_cast<std::int32_t>(found - types.begin());
}

}  // namespace

Inventory inventory_union(const Inventory& a, const Inventory& b) {
  return {type_union(a.entities, b.entities), type_union(a.relations, b.relations)};
}

Annotation in_types_of(const Annotation& annotation, const Inventory& from, const Inventory& to) {
  Annotation result = annotation;
  for (Entity& entity : result.entities)
    entity.type = index_of(from.entities.at(static_cast<std::size_t>(entity.type)), to.entities);
  for (Relation& relation : result.relations)
    relation.type = index_of(from.relations.at(static_cast<std::size_t>(relation.type)), to.relations);
  return result;
}

Annotation annotation_union(const Annotation& a, const Annotation& b) {
  std::map<Entity, std::int32_t> places;
  for (const Annotation* one : {&a, &b}) {
    for (const Entity& entity : one->entities) places.emplace(entity, 0);
  }
  Annotation all;
  for (auto& [entity, place] : places) {
    place = static_cast<std::int32_t>(all.entities.size());
    all.entities.push_back(entity);
  }
  std::set<Relation> relations;
  for (const Annotation* one : {&a, &b}) {
    for (const Relation& relation : one->relations) {
      relations.insert({places.at(one->entities.at(relation.head)),
                        places.at(one->entities.at(relation.tail)), relation.type});
    }
  }
  all.relations.assign(relations.begin(), relations.end());
  return all;
}

std::vector<Annotation> unite(std::span<const Annotation> a, std::span<const Annotation> b) {
  if (a.size() != b.size()) {
    throw Error(ErrorKind::data, "",
                fmt::format("{} sentences in one view, {} in the other", a.size(), b.size()));
  }
  std::vector<Annotation> all;
  for (std::size_t i = 0; i < a.size(); ++i) all.push_back(annotation_union(a[i], b[i]));
  return all;
}

}  // namespace spanlab::host
