// SPDX-License-Identifier: MIT
#include "evaluate/relation_errors.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "evaluate/metrics.hpp"
#include "evaluate/pairing.hpp"

namespace spanlab::host {
namespace {

// How a false positive stands for a false negative.
struct RelationFit {
  int rank = 0;          // of what is wrong; less is better
  double closeness = 0;  // of the arguments; less is better
  RelationError error = RelationError::none;
  ArgumentError argument = ArgumentError::none;

  auto order() const { return std::tie(rank, closeness); }
  friend auto operator<=>(const RelationFit& a, const RelationFit& b) { return a.order() <=> b.order(); }
  friend bool operator==(const RelationFit& a, const RelationFit& b) { return a.order() == b.order(); }
};

ArgumentError argument_error(const Entity& predicted, const Entity& gold) {
  if (predicted == gold) return ArgumentError::none;
  if (!overlap(predicted.span, gold.span)) return ArgumentError::other;
  if (predicted.span == gold.span) return ArgumentError::type;
  return predicted.type == gold.type ? ArgumentError::boundary : ArgumentError::boundary_and_type;
}

// Of both arguments.
ArgumentError of_both(ArgumentError a, ArgumentError b) {
  if (a == ArgumentError::other || b == ArgumentError::other) return ArgumentError::other;
  if (a == ArgumentError::none || a == b) return b;
  return b == ArgumentError::none ? a : ArgumentError::boundary_and_type;
}

// With `head` and `tail` of the gold relation in the places where the prediction has its own.
std::optional<RelationFit> fit_in_places(const JoinedRelation& predicted, const Entity& head,
                                         const Entity& tail, bool wrong_type, bool turned) {
  const ArgumentError of_head = argument_error(predicted.head, head);
  const ArgumentError of_tail = argument_error(predicted.tail, tail);
  RelationFit fit;
  fit.argument = of_both(of_head, of_tail);
  fit.closeness = -iou(predicted.head.span, head.span) - iou(predicted.tail.span, tail.span);
  if (fit.argument == ArgumentError::other) {
    const bool one_right = of_head == ArgumentError::none || of_tail == ArgumentError::none;
    if (!one_right || wrong_type || turned) return std::nullopt;
    fit.rank = 4;
    fit.error = RelationError::argument;
    return fit;
  }
  const bool wrong_argument = fit.argument != ArgumentError::none;
  if (wrong_type + turned + wrong_argument > 1) {
    fit.rank = 3;
    fit.error = RelationError::several;
  } else if (wrong_argument) {
    fit.rank = 2;
    fit.error = RelationError::argument;
  } else {
    fit.rank = wrong_type ? 0 : 1;
    fit.error = wrong_type ? RelationError::type : RelationError::direction;
  }
  return fit;
}

std::optional<RelationFit> relation_fit(const JoinedRelation& predicted, const JoinedRelation& gold,
                                        const Inventory& inventory) {
  const bool directed =
      !inventory.relations.at(predicted.type).symmetric && !inventory.relations.at(gold.type).symmetric;
  const bool wrong_type = predicted.type != gold.type;
  const std::optional<RelationFit> straight =
      fit_in_places(predicted, gold.head, gold.tail, wrong_type, /*turned=*/false);
  const std::optional<RelationFit> turned =
      fit_in_places(predicted, gold.tail, gold.head, wrong_type, directed);
  if (!straight || !turned) return straight ? straight : turned;
  return *turned < *straight ? turned : straight;
}

void add_relation_outcomes(std::size_t sentence, const std::vector<JoinedRelation>& gold,
                           const std::vector<JoinedRelation>& predicted, const Inventory& inventory,
                           std::vector<RelationOutcome>& outcomes) {
  const Unmatched<JoinedRelation> items = unmatched(gold, predicted);
  const auto fit = [&](const JoinedRelation& a, const JoinedRelation& b) {
    return relation_fit(a, b, inventory);
  };
  const Partners partners(items, paired(items, fit));
  for (const JoinedRelation& relation : items.correct)
    outcomes.push_back({sentence, RelationError::none, ArgumentError::none, relation, relation});
  for (std::size_t i = 0; i < items.false_positives.size(); ++i) {
    const JoinedRelation& relation = items.false_positives[i];
    if (const auto partner = partners.of_positive[i]) {
      const JoinedRelation& meant = items.false_negatives[*partner];
      const RelationFit found = *fit(relation, meant);
      outcomes.push_back({sentence, found.error, found.argument, relation, meant});
    } else {
      outcomes.push_back({sentence, RelationError::spurious, ArgumentError::none, relation, std::nullopt});
    }
  }
  for (std::size_t i = 0; i < items.false_negatives.size(); ++i) {
    if (!partners.of_negative[i])
      outcomes.push_back(
          {sentence, RelationError::missing, ArgumentError::none, std::nullopt, items.false_negatives[i]});
  }
}

}  // namespace

std::string_view name_of(RelationErrorKind kind) {
  if (kind.error == RelationError::argument) {
    constexpr std::array<std::string_view, 5> kArguments{"argument", "argument.boundary", "argument.type",
                                                         "argument.boundary_and_type", "argument.other"};
    return kArguments.at(static_cast<std::size_t>(kind.argument));
  }
  constexpr std::array<std::string_view, 7> kNames{"correct", "type",     "direction", "argument",
                                                   "several", "spurious", "missing"};
  return kNames.at(static_cast<std::size_t>(kind.error));
}

RelationErrorKind RelationOutcome::kind() const {
  return {error, error == RelationError::argument ? argument : ArgumentError::none};
}

std::vector<RelationOutcome> relation_outcomes(std::span<const Annotation> gold,
                                               std::span<const Annotation> predicted,
                                               const Inventory& inventory, Overlap overlaps,
                                               ArgumentTypes types) {
  check_same_number(gold, predicted);
  std::vector<RelationOutcome> outcomes;
  for (std::size_t i = 0; i < gold.size(); ++i) {
    add_relation_outcomes(i, scored_relations(gold[i], inventory, overlaps, types),
                          scored_relations(predicted[i], inventory, overlaps, types), inventory, outcomes);
  }
  return outcomes;
}

}  // namespace spanlab::host
