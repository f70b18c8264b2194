// SPDX-License-Identifier: MIT
#include "evaluate/metrics.hpp"

#include "evaluate/score_path.hpp"
#include "spanlab/error.hpp"
#include "test.hpp"

namespace spanlab::test {
namespace {

const Inventory kInventory{{{"A", "", false}, {"B", "", false}, {"C", "", false}},
                           {{"R", "", false}, {"S", "", true}, {"v1.0", "", false}}};

/// What is wrong with a path, whether scores hold it or not.
std::string message(std::string_view path, const ScoreTree& scores) {
  try {
    find_score(scores, path);
  } catch (const Error& error) {
    BOOST_TEST((error.kind() == ErrorKind::usage));
    return error.what();
  }
  return "";
}

/// Gold: A[0,1) A[2,3) B[4,6), R(0→1), S(2→0). Predicted: A[0,1) B[2,3) C[4,6), R(0→1), S(0→2), v1.0(0→2).
Scores made_up_scores() {
  std::vector<Annotation> gold{{{{{0, 1}, 0}, {{2, 3}, 0}, {{4, 6}, 1}}, {{0, 1, 0}, {2, 0, 1}}}};
  std::vector<Annotation> predicted{
      {{{{0, 1}, 0}, {{2, 3}, 1}, {{4, 6}, 2}}, {{0, 1, 0}, {0, 2, 1}, {0, 2, 2}}}};
  return score(gold, predicted, kInventory, Overlap::allowed);
}

}  // namespace

BOOST_AUTO_TEST_CASE(averages_worked_out_by_hand) {
  Scores scores = made_up_scores();
  BOOST_TEST(scores.entity.micro.precision == 100.0 / 3, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(scores.entity.micro.f1 == 100.0 / 3, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(scores.entity.macro.f1 == 200.0 / 9, boost::test_tools::tolerance(1e-12));  // A: 2/3, B: 0, C: 0
  BOOST_TEST(scores.entity.macro.precision == 100.0 / 3,
             boost::test_tools::tolerance(1e-12));  // A: 1, B: 0, C: 0
  BOOST_TEST(scores.entity.per_type.at("A").recall == 50.0);
  BOOST_TEST(scores.entity.micro.support == 3);
  BOOST_TEST(scores.relation_boundary.micro.recall == 100.0);  // the symmetric relation counts turned round
  BOOST_TEST(scores.relation_boundary.micro.precision == 200.0 / 3, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(scores.relation_strict.micro.f1 == 0.0);
}

BOOST_AUTO_TEST_CASE(items_count_once_and_types_that_do_not_occur_are_left_out) {
  std::vector<Annotation> gold{{{{{0, 1}, 0}, {{0, 1}, 0}}, {{0, 1, 0}, {1, 0, 0}}}};
  std::vector<Annotation> predicted{{{{{0, 1}, 0}}, {}}};
  Scores scores = score(gold, predicted, kInventory, Overlap::allowed);
  BOOST_TEST(scores.entity.micro.support == 1);
  BOOST_TEST(scores.entity.micro.f1 == 100.0);
  BOOST_TEST(scores.entity.per_type.size() == 1u);
  BOOST_TEST(scores.relation_strict.micro.support == 1);
}

BOOST_AUTO_TEST_CASE(overlapping_items_are_dropped_on_both_sides) {
  std::vector<Annotation> gold{{{{{0, 3}, 0}, {{1, 2}, 1}, {{4, 5}, 0}}, {{0, 1, 0}, {0, 2, 0}}}};
  Scores scores = score(gold, gold, kInventory, Overlap::removed);
  BOOST_TEST(scores.entity.micro.support == 1);  // the two nested ones go
  BOOST_TEST(scores.relation_strict.micro.support ==
             1);  // only the relation between overlapping arguments goes
  std::vector<Annotation> both_types{{{{{0, 3}, 0}, {{0, 3}, 1}}, {}}};
  BOOST_TEST(score(both_types, both_types, kInventory, Overlap::removed).entity.micro.support == 0);
}

BOOST_AUTO_TEST_CASE(empty_sides_score_zero_and_never_nan) {
  std::vector<Annotation> none(2);
  const ScoreTree scores = score_tree(score(none, none, kInventory, Overlap::allowed));
  BOOST_TEST(find_score(scores, "entity.f1").value() == 0.0);
  BOOST_TEST(find_score(scores, "relation.strict.macro.f1").value() == 0.0);
  BOOST_CHECK_THROW(score(none, {}, kInventory, Overlap::allowed), Error);
}

BOOST_AUTO_TEST_CASE(score_paths) {
  const ScoreTree scores = score_tree(made_up_scores());
  BOOST_TEST(find_score(scores, "entity.f1").value() == find_score(scores, "entity.micro.f1").value());
  BOOST_TEST(find_score(scores, "relation.boundary.recall").value() == 100.0);
  BOOST_TEST(find_score(scores, "relation.boundary.per_type.v1.0.support").value() == 0.0);
  BOOST_TEST(find_score(scores, "entity.per_type.A.recall").value() == 50.0);
  BOOST_TEST(full_score_path("relation.strict.f1") == "relation.strict.micro.f1");
  BOOST_TEST(message("relation.f1", scores).find("'relation.strict.f1' or 'relation.boundary.f1'") !=
             std::string::npos);
  BOOST_TEST(message("entity.f", scores).find("did you mean 'entity.f1'") != std::string::npos);
  BOOST_TEST(!find_score(scores, "entity.per_type.AA.f1"));
  for (std::string wrong : {"", "entity", "f1", "entity.per_type.f1", "entity.micro.macro.f1", "entityy.f1",
                            "relation.strict."}) {
    BOOST_TEST(!message(wrong, scores).empty(), wrong);
  }
  BOOST_TEST(!find_score(ScoreTree(), "entity.f1"));
}

BOOST_AUTO_TEST_CASE(paths_of_grouped_scores_begin_with_the_group) {
  const ScoreTree scores = score_tree(made_up_scores());
  const ScoreTree grouped = ScoreTree::Parts{{"sci", scores}, {"union", scores}};
  BOOST_TEST(find_score(grouped, "union.relation.boundary.recall").value() == 100.0);
  for (const char* absent : {"entity.f1", "sem.entity.f1", "sci.entity.per_type.D.f1"})
    BOOST_TEST(!find_score(grouped, absent), absent);
  BOOST_TEST(!find_score(scores, "sem.entity.f1"));
  for (const char* wrong : {"sci.f1", "sem.entity.f", "sci."}) BOOST_TEST(!message(wrong, grouped).empty());
  const std::vector<std::string> groups{"sci", "sem", "union"};
  BOOST_TEST(full_score_path("sem.entity.f1", groups) == "sem.entity.micro.f1");
  BOOST_TEST(full_score_path("union.spans.f1", groups) == "union.spans.f1");
  for (std::string wrong : {"entity.f1", "sci.f1", "sci", "sci.", "scii.entity.f1", ""}) {
    BOOST_CHECK_THROW(full_score_path(wrong, groups), Error);
  }
}

}  // namespace spanlab::test
