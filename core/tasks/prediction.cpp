// SPDX-License-Identifier: MIT
#include "tasks/prediction.hpp"

namespace spanlab::host {

Annotation Prediction::annotation() const {
  Annotation annotation;
  for (const ScoredEntity& entity : entities) annotation.entities.push_back(entity.entity);
  for (const ScoredRelation& relation : relations) annotation.relations.push_back(relation.relation);
  return annotation;
}

}  // namespace spanlab::host
