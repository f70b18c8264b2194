// SPDX-License-Identifier: MIT
#include "store/configuration_values.hpp"

#include "test.hpp"

using namespace spanlab;

namespace {

const nlohmann::json kConfiguration{
    {"entity", {{"head", {{"bias", true}, {"component", "span"}}}, {"views", {"a", "b"}}}},
    {"train", {{"lr", 0.5}, {"nothing", nullptr}, {"empty", nlohmann::json::object()}}}};

}  // namespace

BOOST_AUTO_TEST_SUITE(configuration_values)

BOOST_AUTO_TEST_CASE(a_component_s_name_comes_before_its_parameters) {
  std::vector<std::string> paths;
  for_each_value(kConfiguration, [&](const std::string& path, const nlohmann::json& value) {
    paths.push_back(path);
    BOOST_TEST(value == value_at(kConfiguration, path), path);
  });
  const std::vector<std::string> expected{"entity.head.component", "entity.head.bias", "entity.views",
                                          "train.lr", "train.nothing"};
  BOOST_TEST(paths == expected, boost::test_tools::per_element());
  BOOST_TEST(values_by_path(kConfiguration).size() == expected.size());
}

BOOST_AUTO_TEST_CASE(what_is_not_there_is_null) {
  for (const char* path : {"", "entity.tail", "train.lr.more", "entity.views.a", "entity."})
    BOOST_TEST(value_at(kConfiguration, path).is_null(), path);
  BOOST_TEST(value_at(kConfiguration, "entity.head").is_object());
}

BOOST_AUTO_TEST_CASE(a_path_lies_below_another_by_whole_names) {
  BOOST_TEST(at_or_below("entity.head", "entity"));
  BOOST_TEST(at_or_below("entity", "entity"));
  BOOST_TEST(!at_or_below("entity_a.head", "entity"));
  BOOST_TEST(!at_or_below("entity", "entity.head"));
}

BOOST_AUTO_TEST_SUITE_END()
