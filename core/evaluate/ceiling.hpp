// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "evaluate/metrics.hpp"
#include "evaluate/scored_items.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host {

/// A gold relation and its sentence.
struct RelationPlace {
  std::size_t sentence = 0;
  JoinedRelation relation;
};

/// What the entity task leaves to the relation task, from stored predictions.
struct RelationCeiling {
  std::int64_t gold = 0;
  /// Gold relations whose two arguments are among the predicted entities: by span and type in the strict
  /// set-up, by span in that by boundary. No relation task could find the others.
  std::vector<RelationPlace> reachable;
  std::vector<RelationPlace> out_of_reach;
  /// Of the relations, gold and predicted, whose arguments are both gold and predicted entities. It is what
  /// the relation task makes of right entities among the other ones; not what it would make of all gold ones.
  ItemCounts on_found_arguments;

  /// The highest recall that the predicted entities allow, in percent.
  double recall() const { return percent(static_cast<std::int64_t>(reachable.size()), gold); }
};

/// Throws Error(data) if the lists differ in length.
SPANLAB_API RelationCeiling relation_ceiling(std::span<const Annotation> gold,
                                             std::span<const Annotation> predicted,
                                             const Inventory& inventory, Overlap overlap,
                                             ArgumentTypes types);

}  // namespace spanlab::host
