// SPDX-License-Identifier: MIT
#include <set>

#include "contract/variants.hpp"
#include "components.hpp"
#include "test.hpp"

namespace spanlab::test {

namespace {

using suite::Reach;
using suite::Variant;

std::vector<std::string> names(const Schema& schema, Reach reach) {
  std::vector<std::string> names;
  for (const Variant& variant : suite::variants(schema)) {
    if (variant.reach == reach) names.push_back(variant.name);
  }
  return names;
}

using Names = std::vector<std::string>;

}  // namespace

BOOST_AUTO_TEST_SUITE(variants)

BOOST_AUTO_TEST_CASE(values_are_choices_and_numbers_inside_of_ranges) {
  Schema schema;
  schema.boolean("flag", true, "")
      .text("form", "a", "")
      .choices({"a", "b", "c"})
      .texts("outputs", {"x"}, "")
      .choices({"x", "y"})
      .number("at_end", 0, "")
      .range(0, 20)
      .number("inside", 3, "")
      .range(0, 20)
      .integer("unset", 1, "")
      .range(-4, 9)
      .unset()
      .text("any", "", "");
  const Names expected{
      "flag = false", "form = \"b\"", "form = \"c\"", "outputs = { \"y\" }", "outputs = { \"x\", \"y\" }",
      "at_end = 1",   "unset = 0"};
  BOOST_TEST(names(schema, Reach::one) == expected, boost::test_tools::per_element());
  BOOST_TEST(names(schema, Reach::defaults) == Names{""}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(two_parameters_meet_in_all_their_values) {
  Schema schema;
  schema.boolean("flag", false, "").text("form", "a", "").choices({"a", "b", "c"}).number("free", 1, "");
  const Names expected{"flag = true, form = \"b\"", "flag = true, form = \"c\""};
  BOOST_TEST(names(schema, Reach::two) == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(ends_are_of_ranges_and_not_the_defaults_again) {
  Schema schema;
  schema.integer("size", 1, "").range(1, 64).numbers("rates", {0.5, 0.5}, "").range(0, 1);
  const Names expected{"size = 64", "rates = { 0, 0 }", "rates = { 1, 1 }"};
  BOOST_TEST(names(schema, Reach::end) == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(every_choice_of_every_component_is_there_and_no_setting_twice) {
  for (const ComponentKind kind : kComponentKinds) {
    for (const std::string& id : components().ids(kind)) {
      const Schema& schema = components().info(kind, id).schema;
      const std::vector<Variant> all = suite::variants(schema);
      BOOST_TEST((all.front().parameters == Parameters(schema, {})), id);
      for (std::size_t i = 0; i < all.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) BOOST_TEST((all[i].parameters != all[j].parameters), id);
      }
      for (const Parameter& parameter : schema.parameters()) {
        std::set<Value> values;
        for (const Variant& variant : all)
          values.insert(variant.parameters.values().find(parameter.name)->second);
        for (const std::string& choice : parameter.choices) {
          const bool found = values.contains(choice) || values.contains(std::vector<std::string>{choice});
          BOOST_TEST(found, id << "." << parameter.name << " = " << choice);
        }
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace spanlab::test
