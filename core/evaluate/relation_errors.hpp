// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "evaluate/scored_items.hpp"

namespace spanlab::host {

/// What is wrong with a relation. All but the last two say it of a false positive and the false negative that
/// it stands for.
enum class RelationError {
  none,
  type,       ///< right arguments, another type
  direction,  ///< right type, the arguments change places
  argument,   ///< right type and direction; an argument is another one, see ArgumentError
  several,    ///< both arguments touch those of a gold relation; more than one of the above is wrong
  spurious,   ///< a prediction that stands for no gold relation which is left
  missing     ///< a gold relation that no prediction stands for
};

/// What is wrong with the arguments of a pair; of both, where both are wrong.
enum class ArgumentError {
  none,
  boundary,           ///< right type, the spans overlap
  type,               ///< right span, another entity type
  boundary_and_type,  ///< overlapping spans, another type; or the one of one argument, the other of the other
  other               ///< one argument is right, the other one is elsewhere
};

/// A kind of error as tables have it: those of arguments apart by what is wrong with them.
struct RelationErrorKind {
  RelationError error;
  ArgumentError argument = ArgumentError::none;
  friend bool operator==(const RelationErrorKind&, const RelationErrorKind&) = default;
};

/// All of them, in the order of tables.
inline constexpr std::array<RelationErrorKind, 9> kRelationErrors{{
    {RelationError::type},
    {RelationError::direction},
    {RelationError::argument, ArgumentError::boundary},
    {RelationError::argument, ArgumentError::type},
    {RelationError::argument, ArgumentError::boundary_and_type},
    {RelationError::argument, ArgumentError::other},
    {RelationError::several},
    {RelationError::spurious},
    {RelationError::missing},
}};

/// `direction`, `argument.boundary`, …; `correct` for none.
SPANLAB_API std::string_view name_of(RelationErrorKind kind);

/// A relation that is right, or an error: what was predicted, what is gold, or both.
struct RelationOutcome {
  std::size_t sentence = 0;
  RelationError error = RelationError::none;
  ArgumentError argument = ArgumentError::none;
  std::optional<JoinedRelation> predicted;
  std::optional<JoinedRelation> gold;

  bool is_correct() const { return error == RelationError::none; }
  /// Of `several` without what is wrong with its arguments.
  SPANLAB_API RelationErrorKind kind() const;
};

/// What became of the relations that count in score() (metrics.hpp), in the strict set-up or by boundary; as
/// entity_outcomes(), the outcomes with an error are the false positives and negatives. Pairs are made one to
/// one, first those where the type alone is wrong, then the direction alone, the boundary or type of
/// arguments alone, several of these, and last those where one argument is right and the other elsewhere;
/// within each, larger overlap of the arguments first, then the order of the text. A symmetric type has no
/// direction.
SPANLAB_API std::vector<RelationOutcome> relation_outcomes(std::span<const Annotation> gold,
                                                           std::span<const Annotation> predicted,
                                                           const Inventory& inventory, Overlap overlap,
                                                           ArgumentTypes types);

}  // namespace spanlab::host
