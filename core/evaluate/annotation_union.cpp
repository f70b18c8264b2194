// SPDX-License-Identifier: MIT
#include "evaluate/annotation_union.hpp"

#include <fmt/format.h>

#include <map>
#include <set>

#include "spanlab/error.hpp"

namespace spanlab {

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
      relations.insert({places.at(one->entities.at(relation.head)), places.at(one->entities.at(relation.tail)), relation.type});
    }
  }
  all.relations.assign(relations.begin(), relations.end());
  return all;
}

std::vector<Annotation> unite(std::span<const Annotation> a, std::span<const Annotation> b) {
  if (a.size() != b.size()) throw Error(ErrorKind::data, "", fmt::format("{} sentences in one view, {} in the other", a.size(), b.size()));
  std::vector<Annotation> all;
  for (std::size_t i = 0; i < a.size(); ++i) all.push_back(annotation_union(a[i], b[i]));
  return all;
}

}  // namespace spanlab
