// SPDX-License-Identifier: MIT
// The soft-labeler `agreement` where the label-variation paper says nothing: other levels, other numbers of
// types, other types.
#include <numeric>

#include "components.hpp"
#include "spanlab/error.hpp"
#include "spanlab/labeler.hpp"
#include "test.hpp"

namespace spanlab::test {

namespace {

using Levels = std::map<std::string, Value>;

std::vector<LabelType> named(const std::vector<std::string>& names) {
  std::vector<LabelType> types;
  for (const std::string& name : names) types.push_back({name, "", false});
  return types;
}

// Targets of a pair that the own view gives the type 0 of `own` and the other view these of `other`.
std::vector<float> agreed(const Levels& levels, const std::vector<std::string>& own,
                          const std::vector<std::string>& other,
                          const std::vector<std::int32_t>& other_types) {
  const std::vector<std::string> views{"own", "other"};
  const std::vector<Inventory> inventories{{named({"Term"}), named(own)}, {named({"Term"}), named(other)}};
  const auto labeler = components().labeler(
      "agreement", Parameters(components().info(ComponentKind::labeler, "agreement").schema, levels),
      {HeadKind::pairs, views, inventories, 0});
  const std::vector<Entity> entities{{{0, 1}, 0}, {{1, 2}, 0}};
  Sentence sentence{"", "", {"a", "b"}, {{entities, {{0, 1, 0}}}, {entities, {}}}};
  for (std::int32_t type : other_types) sentence.views[1].relations.push_back({0, 1, type});
  std::vector<float> targets(own.size());
  labeler->label_pairs(sentence, 0, {{{0, 1}, {1, 2}}, {}}, {{{0, 1}}, {{0}}}, own.size(), targets);
  return targets;
}

double sum(const std::vector<float>& targets) { return std::accumulate(targets.begin(), targets.end(), 0.0); }

const std::vector<std::string> kFive{"Used", "Part", "Compare", "Feature", "Evaluate"};

}  // namespace

BOOST_AUTO_TEST_SUITE(agreement_of_views)

BOOST_AUTO_TEST_CASE(types_without_a_namesake_count_as_none) {
  const std::vector<std::string> other{"Used", "Topic", "Part"};
  const std::vector<float> medium{0.8f, 0.05f, 0.05f, 0.05f, 0.05f},
      high{0.9f, 0.025f, 0.025f, 0.025f, 0.025f}, low{0.6f, 0.31f, 0.03f, 0.03f, 0.03f};
  BOOST_TEST(agreed({}, kFive, other, {1}) == medium, boost::test_tools::per_element());
  BOOST_TEST(agreed({}, kFive, other, {}) == medium, boost::test_tools::per_element());
  BOOST_TEST(agreed({}, kFive, other, {1, 0}) == high, boost::test_tools::per_element());
  BOOST_TEST(agreed({}, kFive, other, {1, 2}) == low, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_paper_s_rest_is_that_of_five_types) {
  std::vector<std::string> eight = kFive;
  eight.insert(eight.end(), {"Hyponym", "Conjunction", "Topic"});
  for (const auto& [given, types, expected] :
       {std::tuple(std::vector<std::int32_t>{0}, "high", 1.075), {{}, "medium", 1.15}, {{1}, "low", 1.09}}) {
    const Levels other{{types, 0.5}};
    BOOST_TEST(sum(agreed({}, eight, eight, given)) == expected, boost::test_tools::tolerance(1e-6));
    BOOST_TEST(sum(agreed({}, kFive, kFive, given)) == 1.0, boost::test_tools::tolerance(1e-6));
    BOOST_TEST(sum(agreed(other, kFive, kFive, given)) == 1.0, boost::test_tools::tolerance(1e-6));
    BOOST_TEST(sum(agreed({{types, 0.5}, {"rest", "shared"}}, eight, eight, given)) == 1.0,
               boost::test_tools::tolerance(1e-6));
  }
}

BOOST_AUTO_TEST_CASE(a_type_and_its_conflict_share_one) {
  BOOST_CHECK_EXCEPTION(
      agreed({{"low", 0.8}, {"conflict", 0.31}}, kFive, kFive, {1}), Error, [](const Error& error) {
        return error.kind() == ErrorKind::usage &&
               std::string(error.what()).find("conflict: expected at most 1 together with `low`, got 1.11") !=
                   std::string::npos;
      });
  BOOST_TEST(sum(agreed({{"low", 0.69}, {"conflict", 0.31}}, kFive, kFive, {1})) == 1.0,
             boost::test_tools::tolerance(1e-6));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace spanlab::test
