// SPDX-License-Identifier: MIT
#include "evaluate/score_groups.hpp"

#include "evaluate/score_path.hpp"
#include "test.hpp"

using namespace spanlab;

namespace {

using Texts = std::vector<std::string>;
using Tasks = std::vector<SpanTask>;

}  // namespace

BOOST_AUTO_TEST_SUITE(groups)

BOOST_AUTO_TEST_CASE(a_task_is_called_by_its_view_where_it_is_alone_there) {
  BOOST_TEST(score_groups(Tasks{{"entity", "default"}}, 1) == Texts{""}, boost::test_tools::per_element());
  BOOST_TEST(score_groups(Tasks{{"a", "default"}, {"b", "default"}}, 1) == (Texts{"a", "b"}),
             boost::test_tools::per_element());
  BOOST_TEST(score_groups(Tasks{{"a", "sci"}, {"b", "sem"}}, 2) == (Texts{"sci", "sem"}),
             boost::test_tools::per_element());
  BOOST_TEST(score_groups(Tasks{{"a", "sci"}, {"b", "sci"}, {"c", "sem"}}, 2) == (Texts{"a", "b", "sem"}),
             boost::test_tools::per_element());
  BOOST_TEST(score_groups(Tasks{{"a", "sci"}}, 2) == Texts{"sci"}, boost::test_tools::per_element());
  BOOST_TEST(!has_union(Tasks{{"a", "sci"}, {"b", "sci"}}));
  BOOST_TEST(has_union(Tasks{{"a", "sci"}, {"b", "sem"}}));
  BOOST_TEST(!has_union(Tasks{}));
}

BOOST_AUTO_TEST_CASE(a_group_may_be_called_as_a_part_of_a_path) {
  ScoreTree table;
  table["micro"]["f1"] = 50.0;
  table["macro"]["f1"] = 40.0;
  table["per_type"]["entity"]["f1"] = 30.0;
  const ScoreTree relation = ScoreTree::Parts{{"strict", table}, {"boundary", table}};
  const ScoreTree scores = ScoreTree::Parts{{"entity", table}, {"relation", relation}};
  ScoreTree grouped = ScoreTree::Parts{{"entity", scores}, {"relation", scores}, {"spans", scores}};
  grouped["entity"]["entity"]["micro"]["f1"] = 60.0;
  BOOST_TEST(find_score(scores, "entity.f1").value() == 50.0);
  BOOST_TEST(find_score(scores, "entity.per_type.entity.f1").value() == 30.0);
  BOOST_TEST(find_score(grouped, "entity.entity.f1").value() == 60.0);
  BOOST_TEST(find_score(grouped, "relation.relation.strict.f1").value() == 50.0);
  BOOST_TEST(find_score(grouped, "spans.entity.macro.f1").value() == 40.0);
  BOOST_TEST(!find_score(grouped, "entity.f1"));
}

BOOST_AUTO_TEST_SUITE_END()
