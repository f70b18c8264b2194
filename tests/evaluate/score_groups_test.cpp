// SPDX-License-Identifier: MIT
#include "evaluate/score_groups.hpp"

#include <nlohmann/json.hpp>

#include "evaluate/metrics.hpp"
#include "spanlab/error.hpp"
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
  const nlohmann::json table{
      {"micro", {{"f1", 50.0}}}, {"macro", {{"f1", 40.0}}}, {"per_type", {{"entity", {{"f1", 30.0}}}}}};
  const nlohmann::json scores{{"entity", table}, {"relation", {{"strict", table}, {"boundary", table}}}};
  nlohmann::json grouped{{"entity", scores}, {"relation", scores}, {"spans", scores}};
  grouped["entity"]["entity"]["micro"]["f1"] = 60.0;
  BOOST_TEST(score_at(scores, "entity.f1") == 50.0);
  BOOST_TEST(score_at(scores, "entity.per_type.entity.f1") == 30.0);
  BOOST_TEST(score_at(grouped, "entity.entity.f1") == 60.0);
  BOOST_TEST(score_at(grouped, "relation.relation.strict.f1") == 50.0);
  BOOST_TEST(score_at(grouped, "spans.entity.macro.f1") == 40.0);
  BOOST_CHECK_THROW(score_at(grouped, "entity.f1"), Error);
}

BOOST_AUTO_TEST_SUITE_END()
