// SPDX-License-Identifier: MIT
#include "problems.hpp"

using namespace spanlab;
using namespace spanlab::test;

namespace {

std::string problems_of(const std::string& text, std::size_t expected) {
  test::TemporaryFolder folder;
  std::ofstream(folder.path() / "x.json", std::ios::binary) << text;
  try {
    read_spert(test::components(), folder.path() / "x.json", kInventory, Annotations::needed);
  } catch (const Error& error) {
    BOOST_CHECK(error.kind() == ErrorKind::data);
    BOOST_TEST(error.problems().size() == expected, error.what());
    return error.what();
  }
  BOOST_FAIL("no error for " << text);
  return "";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(dataset)

BOOST_AUTO_TEST_CASE(a_good_file) {
  test::TemporaryFolder folder;
  std::ofstream(folder.path() / "x.json") << R"([
    {"tokens": ["Ann", "of", "Ulm", "near", "Bonn"], "orig_id": 7,
     "entities": [{"type": "Loc", "start": 4, "end": 5}, {"type": "Loc", "start": 2, "end": 3},
                  {"type": "Peop", "start": 0, "end": 1}],
     "relations": [{"type": "Near", "head": 0, "tail": 1}, {"type": "Live_In", "head": 2, "tail": 1}]},
    {"tokens": ["Rain"], "entities": [], "relations": [], "orig_id": 7}])";
  const auto sentences =
      read_spert(test::components(), folder.path() / "x.json", kInventory, Annotations::needed);
  BOOST_TEST(sentences.size() == 2u);
  BOOST_TEST(sentences[0].id == "7");
  BOOST_TEST(sentences[1].id == "7#2");
  const Annotation& gold = sentences[0].views.at(0);
  BOOST_CHECK((gold.entities[1] == Entity{{2, 3}, 0}));
  BOOST_CHECK((gold.relations[0] == Relation{1, 0, 1}));  // symmetric: the earlier span is the head
  BOOST_CHECK((gold.relations[1] == Relation{2, 1, 0}));
}

// The sentences behind are checked all the same.
BOOST_AUTO_TEST_CASE(a_split_may_be_the_beginning_of_a_file) {
  test::TemporaryFolder folder;
  auto sentences = [&](const char* last, std::int64_t first) {
    const std::string text = std::string(
                                 R"([{"tokens": ["a"], "entities": [], "relations": []},
                {"tokens": ["b"], "entities": [], "relations": []}, )") +
                             last + "]";
    std::ofstream(folder.path() / "x.json", std::ios::binary) << text;
    DataCard card;
    card.reader = {.id = "spert", .components = &test::components()};
    card.views = {"default"};
    card.inventories = {kInventory};
    card.splits["train"] = {"x.json", sha256_of(text), first};
    std::string words;
    for (const Sentence& sentence : read_corpus(card, folder.path(), split_names("train")).sentences)
      words += sentence.words.at(0);
    return words;
  };
  const char* good = R"({"tokens": ["c"], "entities": [], "relations": []})";
  BOOST_TEST(sentences(good, 0) == "abc");
  BOOST_TEST(sentences(good, 2) == "ab");
  BOOST_TEST(sentences(good, 9) == "abc");
  BOOST_CHECK_THROW(sentences(R"({"tokens": [], "entities": [], "relations": []})", 2), Error);
}

BOOST_AUTO_TEST_CASE(annotations_may_be_absent_for_prediction) {
  test::TemporaryFolder folder;
  std::ofstream(folder.path() / "x.json") << R"([{"tokens": ["Rain"]}])";
  BOOST_TEST(read_spert(test::components(), folder.path() / "x.json", kInventory, Annotations::optional)
                 .at(0)
                 .words.at(0) == "Rain");
  BOOST_CHECK_THROW(read_spert(test::components(), folder.path() / "x.json", kInventory, Annotations::needed),
                    Error);
}

BOOST_AUTO_TEST_CASE(malformed_json_is_told_by_line_and_column) {
  has(problems_of("[\n  {\"tokens\": [\"a\"],\n   \"entities\": [}]", 1),
      "x.json:3:17: malformed JSON: syntax error while parsing value");
  has(problems_of("[{\"tokens\": [\"a\", ", 1),
      "x.json:1:19: malformed JSON: syntax error while parsing value - unexpected end of input");
  has(problems_of(std::string("[\n\x01\x02\x00", 5), 1), "x.json:2:1: malformed JSON");
  has(problems_of("[\n[\"\xff\xfe\"]]", 1), "x.json:2:3: is not UTF-8: byte 0xFF");
  has(problems_of("", 1), "x.json: is empty");
  has(problems_of("[]", 1), "holds no sentences");
  has(problems_of("{}", 3), "x.json:1: has no 'tokens'");
  has(problems_of("[]\n[]", 1),
      "x.json:2:1: malformed JSON: syntax error while parsing value - unexpected '['; expected end of input: "
      "one list is expected, or one object a line");
  has(problems_of("[1e999]", 1),
      "x.json:1:2: malformed JSON: the number 1e999 is beyond the range of numbers");
  has(problems_of("[3, {\"tokens\": 3, \"entities\": {}, \"relations\": []}]", 3),
      "item 0: must be an object with 'tokens', not number");
}

// What `predict` prints and trials store is read as well.
BOOST_AUTO_TEST_CASE(an_object_a_line) {
  test::TemporaryFolder folder;
  std::ofstream(folder.path() / "x.json")
      << "\xef\xbb\xbf"
         R"({"id": "a", "tokens": ["Ann"], "relations": [], )"
         R"("entities": [{"type": "Peop", "start": 0, "end": 1, "score": 0.5}]}

{"id": "b", "tokens": ["Rain"], "entities": [], "relations": []}
)";
  const auto sentences =
      read_spert(test::components(), folder.path() / "x.json", kInventory, Annotations::needed);
  BOOST_TEST(sentences.size() == 2u);
  BOOST_TEST(sentences[0].id == "a");
  BOOST_TEST(sentences[0].views.at(0).entities.size() == 1u);
  has(problems_of("{\"tokens\": [\"a\"], \"entities\": [], \"relations\": []}\n{\"tokens\": {}}\n{", 4),
      "x.json:2: 'tokens' must be a list of texts, not object");
}

BOOST_AUTO_TEST_CASE(ends_that_look_inclusive_are_told_first) {
  const auto item = [](int start, int end) {
    return R"({"tokens": ["a", "b", "c"], "relations": [], "entities": [{"type": "Loc", "start": )" +
           std::to_string(start) + R"(, "end": )" + std::to_string(end) + "}]}";
  };
  std::string text;
  for (int i = 0; i < 1500; ++i) text += (i ? "," : "[") + item(i % 3, i % 3) + ',' + item(0, 1);
  const std::string told = problems_of(text + "]", 22);
  BOOST_TEST(
      told.find("x.json: the ends look inclusive: 1500 of 3000 entities begin and end at the same word") !=
          std::string::npos,
      told.substr(0, 300));
  BOOST_TEST(told.find("inclusive") < told.find("item 0"));
  has(told, "… and 1,480 more of this kind");
  // One that ends behind the last word shows that they are exclusive.
  BOOST_TEST(problems_of("[" + item(0, 0) + "," + item(1, 1) + "," + item(2, 2) + "," + item(2, 3) + "]", 3)
                 .find("inclusive") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(every_problem_of_the_content_is_told) {
  const std::string text = problems_of(R"([
    {"tokens": [], "entities": [], "relations": []},
    {"tokens": ["a", "b"], "orig_id": "x9",
     "entities": [{"type": "Lock", "start": 0, "end": 1}, {"type": "Loc", "start": 1, "end": 3},
                  {"type": "Loc", "start": 1, "end": 1},
                  {"type": "Loc", "start": -1, "end": 1}, {"type": "Loc", "start": "0"}],
     "relations": [{"type": "Live_in", "head": 0, "tail": 5}, {"type": "Near", "head": -1, "tail": 0}]},
    {"tokens": ["a", 3], "entities": [], "relations": []},
    {"tokens": ["a"], "relations": []}])",
                                       12);
  has(text, "item 0: is a sentence without words");
  has(text, "item 1 (x9), entity 0: unknown entity type 'Lock'; did you mean 'Loc'? (known: Loc, Peop)");
  has(text, "item 1 (x9), entity 1: words [1, 3) are not in the sentence, which has 2 words");
  has(text, "item 1 (x9), entity 2: words [1, 1) are not in the sentence");
  has(text, "item 1 (x9), entity 3: words [-1, 1) are not in the sentence");
  has(text, "item 1 (x9), entity 4: must have an integer 'start'");
  has(text, "item 1 (x9), relation 0: unknown relation type 'Live_in'; did you mean 'Live_In'?");
  has(text, "item 1 (x9), relation 0: tail 5 is not an entity of the sentence, which has 5");
  has(text, "item 1 (x9), relation 1: head -1 is not an entity");
  has(text, "item 2: 'tokens' must be a list of texts, but has number at 1");
  has(text, "item 3: has no 'entities'");
}

BOOST_AUTO_TEST_CASE(a_repeated_entity_is_no_training_data) {
  test::TemporaryFolder folder;
  const DataCard card = own_card(folder.path(), "spert",
                                 R"([{"tokens": ["a", "b", "c"], "orig_id": 5, "relations": [], "entities": [
    {"type": "Loc", "start": 0, "end": 2}, {"type": "Peop", "start": 0, "end": 2},
    {"type": "Loc", "start": 0, "end": 2}]}])");
  const std::vector<std::string> train{"train"};
  try {
    read_corpus(card, folder.path(), train);
    BOOST_FAIL("no error");
  } catch (const Error& error) {
    has(error.what(), "x.json: item 0 (5): entity 2 repeats entity 0: Loc at words [0, 2)");
  }
}

BOOST_AUTO_TEST_CASE(ids_become_different) {
  test::TemporaryFolder folder;
  std::string text;
  for (int i = 0; i < 20000; ++i)
    text +=
        std::string(i ? "," : "[") + R"({"tokens": ["a"], "orig_id": "x", "entities": [], "relations": []})";
  std::ofstream(folder.path() / "x.json") << text << "]";
  const auto sentences =
      read_spert(test::components(), folder.path() / "x.json", kInventory, Annotations::needed);
  BOOST_TEST(sentences[1].id == "x#2");
  BOOST_TEST(sentences.back().id == "x#20000");
}

BOOST_AUTO_TEST_CASE(split_expressions) {
  const std::vector<std::string> both{"train", "dev"};
  BOOST_TEST(split_names("train+dev") == both, boost::test_tools::per_element());
  BOOST_TEST(split_names("").empty());
}

BOOST_AUTO_TEST_SUITE_END()
