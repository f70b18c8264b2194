// SPDX-License-Identifier: MIT
#include "data/statistics.hpp"

#include "test.hpp"

using namespace spanlab;

BOOST_AUTO_TEST_SUITE(statistics)

static Sentence sentence(std::string id, std::vector<std::string> words, std::vector<Entity> entities,
                         std::vector<Relation> relations) {
  return {std::move(id), "", std::move(words), {{std::move(entities), std::move(relations)}}};
}

static Corpus corpus(std::vector<Sentence> sentences) {
  return {{"default"}, {{{{"A", "A", false}, {"B", "B", false}}, {{"R", "R", false}}}}, std::move(sentences)};
}

BOOST_AUTO_TEST_CASE(counts_by_hand) {
  const Corpus given =
      corpus({sentence("0", {"a", "b", "c", "d"}, {{{0, 3}, 0}, {{2, 4}, 1}, {{2, 4}, 0}},
                       {{0, 1, 0}, {0, 1, 0}, {2, 2, 0}}),
              sentence("1", {"x", " "}, {{{0, 1}, 1}, {{1, 2}, 1}}, {}), sentence("2", {"x", " "}, {}, {})});
  const SplitCounts counts = count(given, 2);
  BOOST_TEST(counts.sentences == 3);
  BOOST_TEST(counts.words == 8);
  BOOST_TEST(counts.longest == 4);
  BOOST_TEST(counts.repeated == 1);
  BOOST_TEST(counts.blank_words == 2);
  const ViewCounts& view = counts.views.at(0);
  BOOST_TEST(view.entities == 5);
  BOOST_TEST(view.relations == 3);
  BOOST_TEST(view.without_entities == 1);
  BOOST_TEST(view.wide == 1);
  BOOST_TEST(view.overlapping == 3);
  BOOST_TEST(view.same_span == 2);
  BOOST_TEST(view.repeated_relations == 1);
  BOOST_TEST(view.self_relations == 1);
  BOOST_TEST(view.entity_types[0].second == 2);
  BOOST_TEST(view.entity_types[1].second == 3);
  BOOST_TEST(view.relation_types[0].second == 3);
}

BOOST_AUTO_TEST_CASE(leaks_between_the_splits_that_are_apart) {
  const std::map<std::string, Corpus> splits{
      {"train", corpus({sentence("0", {"a", "b"}, {}, {}), sentence("1", {"c"}, {}, {})})},
      {"test",
       corpus({sentence("7", {"c"}, {}, {}), sentence("8", {"a b"}, {}, {}), sentence("9", {"c"}, {}, {})})},
      {"all", corpus({sentence("0", {"a", "b"}, {}, {})})}};
  DataCard card;
  card.apart = {{"train", "test"}};
  const auto found = leaks(card, splits);
  BOOST_REQUIRE(found.size() == 1u);
  BOOST_TEST(found[0].first == "train");
  BOOST_TEST(found[0].second == "test");
  const std::vector<std::string> ids{"7", "9"};
  BOOST_TEST(found[0].ids == ids, boost::test_tools::per_element());
  card.apart = {{"train", "test", "all"}};
  BOOST_TEST(leaks(card, splits).size() == 2u);
}

BOOST_AUTO_TEST_SUITE_END()
