// SPDX-License-Identifier: MIT
#include <iostream>

#include "data/dataset.hpp"
#include "spanlab/error.hpp"
#include "components.hpp"
#include "test.hpp"

using namespace spanlab;
namespace fs = std::filesystem;

// The public data sets, where they are at hand. Counts: as each set's own documents say.
BOOST_AUTO_TEST_SUITE(real)

struct Counts {
  const char* card;
  const char* splits;
  std::size_t view, sentences, entities, relations, wide;
};

static const Counts kCounts[] = {
    {"conll04", "train", 0, 922, 3377, 1283, 2},
    {"conll04", "dev", 0, 231, 893, 343, 0},
    {"conll04", "train+dev", 0, 1153, 4270, 1626, 2},
    {"conll04", "test", 0, 288, 1079, 422, 0},
    {"scierc", "train", 0, 1861, 5598, 3219, 13},
    {"scierc", "dev", 0, 275, 811, 455, 3},
    {"scierc", "test", 0, 551, 1685, 974, 3},
    {"scierc_json", "train", 0, 1861, 5598, 3219, 13},
    {"scierc_json", "dev", 0, 275, 811, 455, 3},
    {"scierc_json", "test", 0, 551, 1685, 974, 3},
    {"ade", "full", 0, 4272, 10839, 6821, 5},
    {"ade", "test0+test1+test2+test3+test4+test5+test6+test7+test8+test9", 0, 4272, 10839, 6821, 5},
    {"ade", "train9", 0, 3843, 9770, 6173, 4},
    {"ade", "test9", 0, 429, 1069, 648, 1},
    {"scier", "dev", 0, 713, 2234, 1132, 0},
    {"scier", "test", 0, 854, 2948, 1626, 1},
    {"scier", "test_ood", 0, 580, 1295, 582, 0},
    {"label_variation_overlap", "train", 0, 1400, 4252, 1907, 11},
    {"label_variation_overlap", "train", 1, 1400, 4592, 1071, 8},
    {"label_variation_overlap", "test_sci", 0, 1185, 3842, 1750, 8},
    {"label_variation_overlap", "test_sem", 1, 943, 3325, 484, 2},
    {"label_variation", "train", 0, 2136, 6409, 3674, 16},
    {"label_variation", "train", 1, 2136, 3710, 890, 5},
    {"label_variation", "test", 0, 551, 1685, 974, 3},
    {"label_variation", "test", 1, 551, 879, 196, 3},
    {"label_variation", "test_overlap", 0, 275, 800, 467, 2},
    {"label_variation", "test_overlap", 1, 275, 879, 196, 3},
    {"label_variation", "scirex", 0, 385, 6915, 4465, 7},
    {"scier_sentences", "train", 0, 5575, 18041, 8743, 25},
    {"scier_sentences", "dev", 0, 713, 2234, 1132, 0},
    {"scier_sentences", "test", 0, 854, 2948, 1626, 1},
    {"scier_sentences", "test_ood", 0, 580, 1295, 582, 0},
    {"webnlg", "train", 0, 5019, 16257, 11313, 5},
    {"webnlg", "dev", 0, 500, 1718, 1224, 0},
    {"webnlg", "test", 0, 703, 2292, 1607, 1},
    {"webnlg_star", "train", 0, 5019, 15854, 11776, 0},
    {"webnlg_star", "dev", 0, 500, 1538, 1118, 0},
    {"webnlg_star", "test", 0, 703, 2187, 1591, 0},
    {"scirex", "train", 0, 83132, 107997, 0, 39},
    {"scirex", "dev", 0, 17871, 23365, 0, 20},
    {"semeval_1_1", "train", 0, 2007, 5259, 1228, 9},
    {"semeval_1_1", "test", 0, 901, 2246, 355, 3},
    {"semeval_1_2", "train", 0, 2048, 12125, 1248, 0},
    {"semeval_1_2", "test", 0, 890, 4705, 355, 0},
    {"semeval_2", "train", 0, 2007, 5259, 1228, 9},
    {"semeval_2", "test", 0, 920, 2699, 367, 2},
};

BOOST_AUTO_TEST_CASE(counts_of_every_set) {
  const fs::path folder = test::shared_folder() / "datasets";
  if (!fs::is_directory(folder)) {
    BOOST_REQUIRE_MESSAGE(!test::on_ci(), "no data sets at " << folder << " (set SPANLAB_SHARED)");
    BOOST_TEST_MESSAGE("no data sets at " << folder);
    return;
  }
  const std::vector<std::string> path{folder.string()};
  const CardIndex index(standard_locations(path), test::components());
  for (const Counts& expected : kCounts) {
    BOOST_TEST_CONTEXT(expected.card << " " << expected.splits << " view " << expected.view) {
      const DataCard& card = index.data(expected.card);
      const Corpus corpus = read_corpus(card, index.folder(card), split_names(expected.splits));
      std::size_t entities = 0, relations = 0, wide = 0;
      for (const Sentence& sentence : corpus.sentences) {
        const Annotation& gold = sentence.views.at(expected.view);
        entities += gold.entities.size();
        relations += gold.relations.size();
        for (const Entity& entity : gold.entities) wide += entity.span.width() > 10;
      }
      BOOST_TEST(corpus.sentences.size() == expected.sentences);
      // What the reader left out, which the published counts have: SciREX and SemEval mark some over the end
      // of a sentence.
      BOOST_TEST(entities + static_cast<std::size_t>(corpus.left_out.entities) == expected.entities);
      BOOST_TEST(relations + static_cast<std::size_t>(corpus.left_out.relations) == expected.relations);
      BOOST_TEST(wide == expected.wide);
    }
  }
}

// The two forms of SciERC hold the same sentences and annotations; only the names of brackets and relation
// types differ.
BOOST_AUTO_TEST_CASE(both_forms_of_scierc_agree) {
  const fs::path folder = test::shared_folder() / "datasets";
  if (!fs::is_directory(folder)) return;
  const std::vector<std::string> path{folder.string()};
  const CardIndex index(standard_locations(path), test::components());
  for (const char* split : {"train", "dev", "test"}) {
    const std::vector<std::string> splits{split};
    const Corpus items = read_corpus(index.data("scierc"), index.folder(index.data("scierc")), splits);
    const Corpus documents =
        read_corpus(index.data("scierc_json"), index.folder(index.data("scierc_json")), splits);
    BOOST_REQUIRE(items.sentences.size() == documents.sentences.size());
    std::size_t different = 0;
    for (std::size_t i = 0; i < items.sentences.size(); ++i) {
      const Annotation &a = items.sentences[i].views[0], &b = documents.sentences[i].views[0];
      auto sorted_entities = [](Annotation x) {
        std::ranges::sort(x.entities);
        return x.entities;
      };
      auto spelled = [](const Annotation& x) {
        std::vector<std::tuple<Entity, Entity, std::int32_t>> relations;
        for (const Relation& r : x.relations)
          relations.emplace_back(x.entities[r.head], x.entities[r.tail], r.type);
        std::ranges::sort(relations);
        return relations;
      };
      different += sorted_entities(a) != sorted_entities(b) || spelled(a) != spelled(b) ||
                   items.sentences[i].words.size() != documents.sentences[i].words.size();
    }
    BOOST_TEST(different == 0u);
  }
}

BOOST_AUTO_TEST_CASE(limit_keeps_the_first_sentences) {
  const fs::path folder = test::shared_folder() / "datasets";
  if (!fs::is_directory(folder)) return;
  const std::vector<std::string> path{folder.string()};
  const CardIndex index(standard_locations(path), test::components());
  const DataCard& card = index.data("conll04");
  const Corpus corpus = read_corpus(card, index.folder(card), split_names("dev+test"), 240);
  BOOST_TEST(corpus.sentences.size() == 240u);
  BOOST_TEST(corpus.sentences.front().id == "5178");
  BOOST_TEST(corpus.sentences.at(231).id == "17");
}

// One text block of the file has no words; its card says that such are left out.
BOOST_AUTO_TEST_CASE(a_block_without_words_is_refused_unless_the_card_skips_it) {
  const fs::path folder = test::shared_folder() / "datasets";
  if (!fs::is_directory(folder)) return;
  const std::vector<std::string> path{folder.string()};
  const CardIndex index(standard_locations(path), test::components());
  DataCard card = index.data("label_variation");
  BOOST_TEST(read_corpus(card, index.folder(card), split_names("scirex")).left_out.sentences == 1);
  card.skip_empty = false;
  BOOST_CHECK_EXCEPTION(
      read_corpus(card, index.folder(card), split_names("scirex")), Error, [](const Error& error) {
        return error.problems().size() == 1 &&
               std::string(error.what()).find("is a sentence without words") != std::string::npos;
      });
}

BOOST_AUTO_TEST_SUITE_END()
