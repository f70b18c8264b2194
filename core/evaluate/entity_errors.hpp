// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "data/card.hpp"
#include "spanlab/annotation.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host {

/// What is wrong with an entity. The first three say it of a false positive and the false negative that it
/// stands for; the others of one of them alone.
enum class EntityError {
  none,
  boundary,           ///< right type, the spans overlap
  type,               ///< right span, another type
  boundary_and_type,  ///< the spans overlap, another type
  spurious,           ///< a prediction that touches no gold entity
  extra,              ///< a prediction that touches gold entities, for each of which another one stands
  missing,            ///< a gold entity that no prediction touches
  covered             ///< a gold entity that only predictions touch which stand for others
};

/// All of them but `none`, in the order of tables.
inline constexpr std::array<EntityError, 7> kEntityErrors{
    EntityError::boundary, EntityError::type,  EntityError::boundary_and_type,
    EntityError::spurious, EntityError::extra, EntityError::missing,
    EntityError::covered};

/// `boundary`, `boundary_and_type`, …; `correct` for none.
SPANLAB_API std::string_view name_of(EntityError error);

/// An entity that is right, or an error: what was predicted, what is gold, or both.
struct EntityOutcome {
  std::size_t sentence = 0;
  EntityError error = EntityError::none;
  std::optional<Entity> predicted;
  std::optional<Entity> gold;

  bool is_correct() const { return error == EntityError::none; }
};

/// What became of the entities that count in score() (metrics.hpp), sentence by sentence; each of them stands
/// in one outcome, so that those with an error and a prediction are the false positives, those with an error
/// and a gold entity the false negatives. A false positive and a false negative whose spans overlap are
/// paired one to one: largest intersection over union first, then right type, then the order of the text.
/// Throws Error(data) if the lists differ in length.
SPANLAB_API std::vector<EntityOutcome> entity_outcomes(std::span<const Annotation> gold,
                                                       std::span<const Annotation> predicted,
                                                       Overlap overlap);

}  // namespace spanlab::host
