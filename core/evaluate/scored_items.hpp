// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "data/card.hpp"
#include "spanlab/annotation.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host {

/// A relation with the entities that it joins.
struct JoinedRelation {
  Entity head;
  Entity tail;
  std::int32_t type = 0;
  friend auto operator<=>(const JoinedRelation&, const JoinedRelation&) = default;
};

/// Whether the entity types of its arguments belong to a relation: `compared` for strict scores, `ignored`
/// for those by boundary, where they are 0.
enum class ArgumentTypes { ignored, compared };

/// The entities that count in the scores, sorted, each once. Overlap::removed drops those that overlap
/// another one.
SPANLAB_API std::vector<Entity> scored_entities(const Annotation& annotation, Overlap overlap);

/// A relation as the scores compare it: one of a symmetric type in text order.
JoinedRelation joined(const Relation& relation, const Annotation& annotation, const Inventory& inventory,
                      ArgumentTypes types);

/// Whether a relation counts: Overlap::removed drops those of different arguments that overlap.
bool relation_counts(const Relation& relation, const Annotation& annotation, Overlap overlap);

/// The relations that count in the scores, sorted, each once.
SPANLAB_API std::vector<JoinedRelation> scored_relations(const Annotation& annotation,
                                                         const Inventory& inventory, Overlap overlap,
                                                         ArgumentTypes types);

}  // namespace spanlab::host
