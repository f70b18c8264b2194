// SPDX-License-Identifier: MIT
#include <fstream>
#include <set>

#include "label_variation/built.hpp"
#include "data/shared_texts.hpp"
#include "spanlab/error.hpp"
#include "components.hpp"

using namespace spanlab;
using namespace spanlab::host;
using namespace spanlab::test;
namespace fs = std::filesystem;

// On the public files, where they are at hand. The numbers were counted by a separate program from the raw
// files.
BOOST_AUTO_TEST_SUITE(label_variation)

BOOST_AUTO_TEST_CASE(matched_abstracts) {
  if (!data_at_hand()) return;
  BOOST_TEST(built_sets().matched.at("train") == 220);
  BOOST_TEST(built_sets().matched.at("dev") == 32);
  BOOST_TEST(built_sets().matched.at("test") == 55);
  BOOST_TEST(built_sets().matched_by_text == 0);
  BOOST_TEST(built_sets().overlap.entities == 4594);
  BOOST_TEST(built_sets().overlap.entities_absent == 3);
  BOOST_TEST(built_sets().overlap.entities_left_out == 0);
  BOOST_TEST(built_sets().overlap.relations == 1087);
  BOOST_TEST(built_sets().overlap.relations_left_out == 1);
  BOOST_TEST(built_sets().non_overlap.texts == 195);
}

BOOST_AUTO_TEST_CASE(counts_of_the_sets) {
  if (!data_at_hand()) return;
  struct Expected {
    const char* name;
    std::int64_t sentences, abstracts, sci_entities, sci_relations, sem_entities, sem_relations;
  };
  const Expected all[] = {{"overlap", 1457, 307, 4252, 1907, 4591, 1070},
                          {"sci_non_overlap", 1230, 193, 3842, 1750, 0, 0},
                          {"standard_train", 2136, 400, 6409, 3674, -1, -1},
                          {"standard_test", 551, 100, 1685, 974, -1, -1},
                          {"standard_overlap", 275, 55, 800, 467, 879, 196}};
  const std::vector<SetComparison> sets = compare_with_released(built_sets(), shared_cards());
  for (const Expected& expected : all) {
    const SetComparison& found = *std::ranges::find(sets, expected.name, &SetComparison::name);
    BOOST_TEST_CONTEXT(expected.name) {
      BOOST_TEST(found.built.sentences == expected.sentences);
      BOOST_TEST(found.built.abstracts == expected.abstracts);
      BOOST_TEST(found.built.entities[0] == expected.sci_entities);
      BOOST_TEST(found.built.relations[0] == expected.sci_relations);
      if (expected.sem_entities >= 0) BOOST_TEST(found.built.entities[1] == expected.sem_entities);
      if (expected.sem_relations >= 0) BOOST_TEST(found.built.relations[1] == expected.sem_relations);
      BOOST_REQUIRE(found.released);
      BOOST_TEST(found.released->entities[0] == found.built.entities[0]);
      BOOST_TEST(found.released->relations[0] == found.built.relations[0]);
      BOOST_TEST(std::abs(found.released->entities[1] - found.built.entities[1]) <= 2);
      BOOST_TEST(std::abs(found.released->relations[1] - found.built.relations[1]) <= 1);
    }
  }
  BOOST_TEST(std::ranges::find(sets, "sem_non_overlap", &SetComparison::name)->built.abstracts == 195);
}

// Pairs with the same spans and the type Evaluate-for in both views: in the same direction, and reversed.
static std::pair<int, int> agreement(const LabelVariation& all) {
  std::pair<int, int> found{0, 0};
  for (const Sentence& sentence : (*std::ranges::find(all.sets, "overlap", &BuiltSet::name)).sentences) {
    auto spans = [&](std::size_t v, bool turned) {
      std::set<std::pair<Span, Span>> pairs;
      for (const Relation& r : sentence.views[v].relations) {
        const Span head = sentence.views[v].entities[r.head].span,
                   tail = sentence.views[v].entities[r.tail].span;
        if (r.type == 4) pairs.emplace(turned ? tail : head, turned ? head : tail);
      }
      return pairs;
    };
    const auto sci = spans(0, false);
    for (const auto& pair : spans(1, false)) found.first += sci.contains(pair);
    for (const auto& pair : spans(1, true)) found.second += sci.contains(pair);
  }
  return found;
}

BOOST_AUTO_TEST_CASE(the_direction_of_result) {
  if (!data_at_hand()) return;
  const auto flipped = agreement(built_sets()), released = agreement(built_sets(ResultDirection::released));
  BOOST_TEST(released.first == 0);
  BOOST_TEST(released.second == 20);
  BOOST_TEST(flipped.first == 20);
  BOOST_TEST(flipped.second == 0);
}

BOOST_AUTO_TEST_CASE(abstracts_without_ids_are_matched_by_their_text) {
  if (!data_at_hand()) return;
  const DataCard& sci = shared_cards().data("scierc_json");
  std::vector<Abstract> abstracts;
  for (Sentence& sentence :
       read_corpus(sci, shared_cards().folder(sci), std::vector<std::string>{"test"}).sentences) {
    if (abstracts.empty() || abstracts.back().id != sentence.document)
      abstracts.push_back({sentence.document, "test", {}});
    abstracts.back().sentences.push_back(std::move(sentence));
  }
  const std::vector<MarkedText> texts = marked_texts("semeval_1_1", "train");
  const std::vector<const MarkedText*> by_id = match_texts(abstracts, texts);
  for (std::size_t i = 0; i < abstracts.size(); ++i) abstracts[i].id = "line" + std::to_string(i + 1);
  const std::vector<const MarkedText*> by_text = match_texts(abstracts, texts);
  BOOST_TEST(std::ranges::count_if(by_text, [](const MarkedText* text) { return text != nullptr; }) == 55);
  BOOST_CHECK(by_id == by_text);
}

BOOST_AUTO_TEST_CASE(written_whole_and_read_back) {
  if (!data_at_hand()) return;
  test::TemporaryFolder place;
  const fs::path out = place.path() / "built";
  write_label_variation(built_sets(), "report", out);
  const std::vector<std::string> path{out.string()};
  const CardIndex index(standard_locations(path), components());
  const DataCard& card = index.data("label_variation_overlap_built");
  const Corpus corpus = read_corpus(card, index.folder(card), std::vector<std::string>{"train"});
  const BuiltSet& expected = built_set("overlap");
  BOOST_REQUIRE(corpus.sentences.size() == expected.sentences.size());
  for (std::size_t i = 0; i < corpus.sentences.size(); ++i) {
    BOOST_TEST(corpus.sentences[i].words == expected.sentences[i].words, boost::test_tools::per_element());
    BOOST_TEST(corpus.sentences[i].document == expected.sentences[i].document);
    for (std::size_t v = 0; v < 2; ++v) {
      BOOST_CHECK(corpus.sentences[i].views[v].entities == expected.sentences[i].views[v].entities);
      BOOST_CHECK(corpus.sentences[i].views[v].relations == expected.sentences[i].views[v].relations);
    }
  }
  BOOST_TEST(std::distance(fs::directory_iterator(place.path()), {}) == 1);
  BOOST_CHECK_THROW(write_label_variation(built_sets(), "report", out), Error);
}

// 55 test abstracts of SciERC are in the training texts of SemEval's sub-task 1.1, 6 training and dev ones in
// those of 1.2.
BOOST_AUTO_TEST_CASE(leaks_between_the_sets) {
  if (!data_at_hand()) return;
  const Corpus train_1 = shared_corpus("semeval_1_1", "train"),
               train_2 = shared_corpus("semeval_1_2", "train"), test = shared_corpus("scierc_json", "test");
  BOOST_TEST(shared_texts(test, train_1).size() == 55u);
  BOOST_TEST(shared_texts(shared_corpus("scierc_json", "train"), train_1).size() == 220u);
  BOOST_TEST(shared_texts(shared_corpus("scierc_json", "dev"), train_1).size() == 32u);
  BOOST_TEST(shared_texts(shared_corpus("scierc_json", "train"), train_2).size() == 4u);
  BOOST_TEST(shared_texts(test, train_2).empty());
  BOOST_TEST(shared_texts(test, shared_corpus("semeval_1_1", "test")).empty());
}

BOOST_AUTO_TEST_SUITE_END()
