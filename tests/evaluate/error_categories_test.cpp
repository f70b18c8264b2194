// SPDX-License-Identifier: MIT
#include "evaluate/entity_errors.hpp"
#include "evaluate/relation_errors.hpp"
#include "spanlab/error.hpp"
#include "test.hpp"

namespace spanlab::test {
namespace {

const Inventory kErrorTypes{{{"A", "", false}, {"B", "", false}},
                            {{"R", "", false}, {"S", "", true}, {"T", "", false}}};

using Entities = std::vector<Entity>;
using Relations = std::vector<Relation>;

/// `boundary [0,2)A/[0,3)A`: error, prediction, gold.
std::string text(const std::optional<Entity>& entity) {
  if (!entity) return "-";
  return fmt::format("[{},{}){}", entity->span.begin, entity->span.end,
                     kErrorTypes.entities[entity->type].name);
}

std::string text(const std::optional<JoinedRelation>& relation) {
  if (!relation) return "-";
  return fmt::format("{}({}{})", kErrorTypes.relations[relation->type].name, text(relation->head),
                     text(relation->tail));
}

std::vector<std::string> entity_errors(Entities gold, Entities predicted,
                                       Overlap overlap = Overlap::allowed) {
  const std::vector<Annotation> g{{std::move(gold), {}}}, p{{std::move(predicted), {}}};
  std::vector<std::string> lines;
  for (const EntityOutcome& outcome : entity_outcomes(g, p, overlap))
    lines.push_back(
        fmt::format("{} {}/{}", name_of(outcome.error), text(outcome.predicted), text(outcome.gold)));
  return lines;
}

std::vector<std::string> relation_errors(const Annotation& gold, const Annotation& predicted,
                                         ArgumentTypes types = ArgumentTypes::compared) {
  const std::vector<Annotation> g{gold}, p{predicted};
  std::vector<std::string> lines;
  for (const RelationOutcome& outcome : relation_outcomes(g, p, kErrorTypes, Overlap::allowed, types)) {
    lines.push_back(
        fmt::format("{} {}/{}", name_of(outcome.kind()), text(outcome.predicted), text(outcome.gold)));
  }
  return lines;
}

using Lines = std::vector<std::string>;

void check(const Lines& got, const Lines& expected) {
  BOOST_TEST(got == expected, boost::test_tools::per_element());
}

// Words 0, 2-3, 5, 7: entities of which relations in the cases below are made.
const Entities kFour{{{0, 1}, 0}, {{2, 4}, 0}, {{5, 6}, 1}, {{7, 8}, 1}};

}  // namespace

BOOST_AUTO_TEST_CASE(entities_have_one_error_each) {
  check(entity_errors({{{0, 2}, 0}}, {{{0, 2}, 0}}), {"correct [0,2)A/[0,2)A"});
  check(entity_errors({{{0, 2}, 0}}, {{{0, 3}, 0}}), {"boundary [0,3)A/[0,2)A"});
  check(entity_errors({{{0, 2}, 0}}, {{{0, 2}, 1}}), {"type [0,2)B/[0,2)A"});
  check(entity_errors({{{0, 2}, 0}}, {{{1, 3}, 1}}), {"boundary_and_type [1,3)B/[0,2)A"});
  check(entity_errors({{{0, 2}, 0}}, {{{2, 3}, 0}}), {"spurious [2,3)A/-", "missing -/[0,2)A"});
  check(entity_errors({}, {}), {});
}

BOOST_AUTO_TEST_CASE(entities_are_paired_once_the_best_first) {
  // The same span wins over the right type; what is left touches gold that has its prediction.
  check(entity_errors({{{0, 2}, 0}}, {{{0, 2}, 1}, {{0, 3}, 0}}), {"type [0,2)B/[0,2)A", "extra [0,3)A/-"});
  // Equal overlap: the right type.
  check(entity_errors({{{0, 2}, 1}}, {{{0, 1}, 0}, {{1, 2}, 1}}),
        {"extra [0,1)A/-", "boundary [1,2)B/[0,2)B"});
  // Equal overlap and type: the order of the text.
  check(entity_errors({{{0, 2}, 0}}, {{{0, 1}, 0}, {{1, 2}, 0}}),
        {"boundary [0,1)A/[0,2)A", "extra [1,2)A/-"});
  // One prediction over two gold entities stands for the one that it has more in common with.
  check(entity_errors({{{0, 1}, 0}, {{1, 4}, 0}}, {{{0, 4}, 0}}),
        {"boundary [0,4)A/[1,4)A", "covered -/[0,1)A"});
  // What is right is taken.
  check(entity_errors({{{0, 2}, 0}}, {{{0, 2}, 0}, {{0, 2}, 1}}),
        {"correct [0,2)A/[0,2)A", "extra [0,2)B/-"});
  check(entity_errors({{{0, 2}, 0}, {{1, 2}, 1}}, {{{0, 2}, 0}}),
        {"correct [0,2)A/[0,2)A", "covered -/[1,2)B"});
}

BOOST_AUTO_TEST_CASE(overlapping_entities_do_not_count_where_scores_remove_them) {
  check(entity_errors({{{0, 3}, 0}, {{1, 2}, 0}}, {{{0, 3}, 0}}, Overlap::removed), {"spurious [0,3)A/-"});
}

BOOST_AUTO_TEST_CASE(relations_have_one_error_each) {
  const Annotation gold{kFour, {{0, 1, 0}}};
  check(relation_errors(gold, gold), {"correct R([0,1)A[2,4)A)/R([0,1)A[2,4)A)"});
  check(relation_errors(gold, {kFour, {{0, 1, 2}}}), {"type T([0,1)A[2,4)A)/R([0,1)A[2,4)A)"});
  check(relation_errors(gold, {kFour, {{1, 0, 0}}}), {"direction R([2,4)A[0,1)A)/R([0,1)A[2,4)A)"});
  check(relation_errors(gold, {kFour, {{1, 0, 2}}}), {"several T([2,4)A[0,1)A)/R([0,1)A[2,4)A)"});
  check(relation_errors(gold, {kFour, {{0, 2, 0}}}), {"argument.other R([0,1)A[5,6)B)/R([0,1)A[2,4)A)"});
  check(relation_errors(gold, {kFour, {{0, 2, 2}}}),
        {"spurious T([0,1)A[5,6)B)/-", "missing -/R([0,1)A[2,4)A)"});
  check(relation_errors(gold, {kFour, {{2, 3, 0}}}),
        {"spurious R([5,6)B[7,8)B)/-", "missing -/R([0,1)A[2,4)A)"});
}

BOOST_AUTO_TEST_CASE(wrong_arguments_say_what_is_wrong_with_them) {
  const Annotation gold{kFour, {{0, 1, 0}}};
  const auto predicted = [](Entity head, Entity tail) { return Annotation{{head, tail}, {{0, 1, 0}}}; };
  check(relation_errors(gold, predicted({{0, 1}, 0}, {{2, 3}, 0})),
        {"argument.boundary R([0,1)A[2,3)A)/R([0,1)A[2,4)A)"});
  check(relation_errors(gold, predicted({{0, 1}, 0}, {{2, 4}, 1})),
        {"argument.type R([0,1)A[2,4)B)/R([0,1)A[2,4)A)"});
  check(relation_errors(gold, predicted({{0, 1}, 1}, {{2, 3}, 0})),
        {"argument.boundary_and_type R([0,1)B[2,3)A)/R([0,1)A[2,4)A)"});
  check(relation_errors(gold, predicted({{0, 1}, 0}, {{3, 5}, 1})),
        {"argument.boundary_and_type R([0,1)A[3,5)B)/R([0,1)A[2,4)A)"});
  // Neither argument is right, and one is elsewhere.
  check(relation_errors(gold, predicted({{0, 1}, 1}, {{5, 6}, 0})),
        {"spurious R([0,1)B[5,6)A)/-", "missing -/R([0,1)A[2,4)A)"});
  // Entity types do not belong to relations by boundary.
  check(relation_errors(gold, predicted({{0, 1}, 0}, {{2, 4}, 1}), ArgumentTypes::ignored),
        {"correct R([0,1)A[2,4)A)/R([0,1)A[2,4)A)"});
}

BOOST_AUTO_TEST_CASE(relations_are_paired_once_the_best_first) {
  // Two predictions for one gold relation: the wrong type fits better than the wrong direction.
  check(relation_errors({kFour, {{0, 1, 0}}}, {kFour, {{1, 0, 0}, {0, 1, 2}}}),
        {"type T([0,1)A[2,4)A)/R([0,1)A[2,4)A)", "spurious R([2,4)A[0,1)A)/-"});
  // A gold relation that is found takes no other prediction.
  check(relation_errors({kFour, {{0, 1, 0}}}, {kFour, {{0, 1, 0}, {0, 1, 2}}}),
        {"correct R([0,1)A[2,4)A)/R([0,1)A[2,4)A)", "spurious T([0,1)A[2,4)A)/-"});
}

BOOST_AUTO_TEST_CASE(symmetric_types_have_no_direction) {
  // In text order on both sides.
  check(relation_errors({kFour, {{1, 0, 1}}}, {kFour, {{0, 1, 1}}}),
        {"correct S([0,1)A[2,4)A)/S([0,1)A[2,4)A)"});
  // S for R, whose head comes later: the type alone is wrong.
  check(relation_errors({kFour, {{1, 0, 0}}}, {kFour, {{0, 1, 1}}}),
        {"type S([0,1)A[2,4)A)/R([2,4)A[0,1)A)"});
}

BOOST_AUTO_TEST_CASE(lists_of_different_lengths_are_refused) {
  const std::vector<Annotation> one(1), two(2);
  BOOST_CHECK_THROW(entity_outcomes(one, two, Overlap::allowed), Error);
  BOOST_CHECK_THROW(relation_outcomes(one, two, kErrorTypes, Overlap::allowed, ArgumentTypes::compared),
                    Error);
}

}  // namespace spanlab::test
