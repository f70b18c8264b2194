// SPDX-License-Identifier: MIT
#include "data/dataset.hpp"

#include <fstream>

#include "files/checksum.hpp"
#include "data/sentence_input.hpp"
#include "spanlab/error.hpp"
#include "components.hpp"
#include "test.hpp"

using namespace spanlab;
namespace fs = std::filesystem;

BOOST_AUTO_TEST_SUITE(dataset)

static const Inventory kInventory{{{"Loc", "Location", false}, {"Peop", "People", false}},
                                  {{"Live_In", "Live in", false}, {"Near", "Near", true}}};

static std::string problems_of(const std::string& text, std::size_t expected) {
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

static void has(const std::string& text, const std::string& part) {
  BOOST_TEST((text.find(part) != std::string::npos), text << "\n   lacks: " << part);
}

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

static DataCard own_card(const fs::path& folder, const std::string& reader, const std::string& text) {
  std::ofstream(folder / "x.json", std::ios::binary) << text;
  DataCard card;
  card.name = "own";
  card.reader = {.id = reader, .components = &test::components()};
  card.views = {"default"};
  card.inventories = {kInventory};
  card.splits["train"] = {"x.json", sha256_of(text)};
  return card;
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

BOOST_AUTO_TEST_CASE(documents_of_scierc) {
  test::TemporaryFolder folder;
  const DataCard card =
      own_card(folder.path(), "scierc",
               R"({"doc_key": "D1", "sentences": [["Ann", "sleeps"], ["Ulm", "and", "New", "Ulm"]], )"
               R"("ner": [[[0, 0, "Peop"]], [[4, 5, "Loc"], [2, 2, "Loc"]]], )"
               R"("relations": [[], [[4, 5, 2, 2, "Near"]]]}
)");
  const std::vector<std::string> train{"train"};
  const Corpus corpus = read_corpus(card, folder.path(), train);
  BOOST_TEST(corpus.sentences.size() == 2u);
  const Sentence& second = corpus.sentences[1];
  BOOST_TEST(second.id == "D1:1");
  BOOST_TEST(second.document == "D1");
  BOOST_CHECK((second.views[0].entities[0] == Entity{{2, 4}, 0}));
  BOOST_CHECK((second.views[0].relations[0] == Relation{1, 0, 1}));
}

BOOST_AUTO_TEST_CASE(every_problem_of_documents_is_told) {
  test::TemporaryFolder folder;
  const DataCard card =
      own_card(folder.path(), "scierc",
               R"({"doc_key": "D1", "sentences": [["a", "b"], []], )"
               R"("ner": [[[0, 2, "Loc"], [1, 1, "Lac"], [0]], []], "relations": [[[0, 0, 1, 1, "Near"]], []]}
{"doc_key": "D2", "sentences": [["a"]], "ner": [], "relations": [[]]}
{"doc_key": )");
  const std::vector<std::string> train{"train"};
  try {
    read_corpus(card, folder.path(), train);
    BOOST_FAIL("no error");
  } catch (const Error& error) {
    const std::string text = error.what();
    has(text,
        "x.json:1 (D1), sentence 0, entity 0: words 0 to 2 are not in the sentence, which has words 0 to 1 "
        "of the document");
    has(text, "sentence 0, entity 1: unknown entity type 'Lac'; did you mean 'Loc'?");
    has(text, "sentence 0, entity 2: must be a list of 2 integers and a type");
    has(text, "sentence 0, relation 0: words [0, 1) of the sentence are not an entity");
    has(text, "sentence 1: is a sentence without words");
    has(text, "x.json:2 (D2): 'ner' has 0 entries for 1 sentences");
    has(text, "x.json:3:13: malformed JSON");
  }
}

static std::string problems_of_documents(const std::string& text) {
  test::TemporaryFolder folder;
  const DataCard card = own_card(folder.path(), "scierc", text);
  try {
    read_corpus(card, folder.path(), split_names("train"));
  } catch (const Error& error) {
    BOOST_CHECK(error.kind() == ErrorKind::data);
    return error.what();
  }
  return "";
}

BOOST_AUTO_TEST_CASE(documents_of_other_shapes) {
  const auto document = [](const std::string& ner, const std::string& relations,
                           const std::string& sentences = R"([["a", "b"], ["c"]])") {
    return problems_of_documents(R"({"doc_key": "d", "sentences": )" + sentences + R"(, "ner": )" + ner +
                                 R"(, "relations": )" + relations + "}\n");
  };
  BOOST_TEST(document("[[], []]", "[[], []]") == "");
  for (const char* wrong : {"{}", "\"x\"", "3", "null", "true"}) {
    has(document(fmt::format("[{}, []]", wrong), "[[], []]"),
        "x.json:1 (d), sentence 0: 'ner' must be a list, not ");
    has(document("[[], []]", fmt::format("[[], {}]", wrong)),
        "x.json:1 (d), sentence 1: 'relations' must be a list, not ");
    has(document(fmt::format("[[{}], []]", wrong), "[[], []]"),
        "sentence 0, entity 0: must be a list of 2 integers and a type");
    has(document("[[], []]", fmt::format("[[{}], []]", wrong)),
        "sentence 0, relation 0: must be a list of 4 integers and a type");
    has(document("[[], []]", "[[], []]", fmt::format("[[\"a\"], {}]", wrong)),
        "sentence 1: must be a list of texts, not ");
  }
  for (const char* number : {"-9223372036854775808", "9223372036854775807"}) {
    has(document(fmt::format("[[], [[{0}, {0}, \"Loc\"]]]", number), "[[], []]"),
        fmt::format("words {0} to {0} are not in the sentence", number));
  }
  has(document("[[[9223372036854775808, 1, \"Loc\"]], []]", "[[], []]"),
      "must be a list of 2 integers and a type");
  // The document's number and several documents in one list.
  BOOST_TEST(problems_of_documents(
                 R"([{"doc_key": "d", "sentences": [["a"]], "ner": [[]], "relations": [[]]},
              {"doc_key": "e", "sentences": [["a"]], "ner": [[]], "relations": [[]]}])") == "");
}

BOOST_AUTO_TEST_CASE(ends_that_look_exclusive_are_told_first) {
  std::string text;
  for (int i = 0; i < 3; ++i)
    text += R"({"doc_key": "d", "sentences": [["a", "b"]], )"
            R"("ner": [[[1, 2, "Loc"], [0, 1, "Loc"]]], "relations": [[]]})"
            "\n";
  const std::string told = problems_of_documents(text);
  BOOST_TEST(told.find("x.json: the ends look exclusive: 3 of 6 entities") == told.find("x.json"), told);
  BOOST_TEST(
      problems_of_documents(
          text +
          R"({"doc_key": "d", "sentences": [["a", "b"]], "ner": [[[1, 1, "Loc"]]], "relations": [[]]})")
          .find("exclusive: ") == std::string::npos);
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

static std::string problems_of_types(const std::string& text) {
  test::TemporaryFolder folder;
  std::ofstream(folder.path() / "types.json", std::ios::binary) << text;
  try {
    read_types(folder.path() / "types.json");
  } catch (const Error& error) {
    BOOST_CHECK(error.kind() == ErrorKind::data);
    return error.what();
  }
  return "";
}

BOOST_AUTO_TEST_CASE(types_are_read_by_a_schema) {
  BOOST_TEST(problems_of_types(
                 R"({"entities": {"A": {"short": "A", "verbose": "a"}, "B": {}, "C": null},
              "relations": {"R": {"symmetric": true}}})") == "");
  const std::string text = problems_of_types(
      R"({"entities": {"A": {"symmetric": true}, "B": 3, "C": {"verbose": 1}},
          "relations": {"R": {"symmetric": "true"}, "S": {"symmetric": 1}, "T": {"symetric": true},
                        "": {}, "U\n": {}},
          "relation": {}})");
  has(text, "types.json: entities.A: unknown key 'symmetric'");
  has(text, "types.json: entities.B: expected an object, got 3");
  has(text, "types.json: entities.C.verbose: expected a text, got 1");
  has(text, "types.json: relations.R.symmetric: expected true or false, got \"true\"");
  has(text, "types.json: relations.S.symmetric: expected true or false, got 1");
  has(text, "types.json: relations.T: unknown key 'symetric'; did you mean 'symmetric'?");
  has(text, "types.json: relations: a type has no name");
  has(text, "types.json: relations: type 'U ': expected a name of UTF-8 without control characters");
  has(text, "types.json: unknown key 'relation'; did you mean 'relations'?");
  const std::string twice =
      problems_of_types("{\"entities\": {\"A\": {},\n\"A\": {}}, \"relations\": {\"R\": {},\n\"R\": {}}}");
  has(twice, "types.json:2:3: key 'A' stands twice in one object");
  has(twice, "types.json:3:3: key 'R' stands twice in one object");
}

BOOST_AUTO_TEST_CASE(split_expressions) {
  const std::vector<std::string> both{"train", "dev"};
  BOOST_TEST(split_names("train+dev") == both, boost::test_tools::per_element());
  BOOST_TEST(split_names("").empty());
}

// Sentences to annotate: by content, not by the file's name.
BOOST_AUTO_TEST_CASE(text_or_json) {
  test::TemporaryFolder folder;
  const auto read = [&](const char* name, const std::string& bytes) {
    std::ofstream(folder.path() / name, std::ios::binary) << bytes;
    std::string all;
    try {
      for (const Sentence& sentence : read_sentences(test::components(), folder.path() / name).sentences)
        all += fmt::format("{}:{} ", sentence.id, fmt::join(sentence.words, ","));
    } catch (const Error& error) {
      BOOST_CHECK(error.kind() == ErrorKind::data);
      return std::string(error.what());
    }
    return all;
  };
  for (const char* name : {"x.json", "x.JSON", "x.jsonl", "x.txt", "x"}) {
    BOOST_TEST(read(name, "[{\"tokens\": [\"Ann\", \"sleeps\"]}]") == "0:Ann,sleeps ", name);
    BOOST_TEST(
        read(name, "{\"tokens\": [\"Ann\"], \"id\": \"a\"}\n{\"tokens\": [\"Bo\"]}\n") == "a:Ann 1:Bo ",
        name);
    BOOST_TEST(read(name, "\xef\xbb\xbf{\"tokens\": [\"Ann\"]}") == "0:Ann ", name);
  }
  BOOST_TEST(read("x.txt",
                  "\xef\xbb\xbf"
                  "Ann sleeps\r\n\n[1] Bo {\"a\"}\n\n\n") == "1:Ann,sleeps 3:[1],Bo,{\"a\"} ");
  BOOST_TEST(read("x.txt", "[1] shows\n") == "1:[1],shows ");
  has(read("x.txt", "{\"a\" and more\n"),
      "x.txt: is read as JSON, for so it begins; text may begin with another line");
  has(read("x.Json", "Ann sleeps\n"), "x.Json:1:1: malformed JSON");
  has(read("x.txt", "Ann\ncaf\xe9 Bo\n"), "x.txt:2:4: is not UTF-8: byte 0xE9");
  has(read("x.txt", std::string("A\0n\0n\0", 6)), "x.txt: is UTF-16");
  has(read("x.txt", "\x1f\x8b\x08"), "x.txt: is compressed: unpack it with gunzip");
  // What is annotated already is not looked at.
  BOOST_TEST(
      read("x.json", R"([{"tokens": ["Ann"], "entities": [{"type": "PER", "start": 0, "end": 9}]}])") ==
      "0:Ann ");
}

BOOST_AUTO_TEST_CASE(json_or_words) {
  for (const char* text :
       {"[]", " [ {\"a\": 1}]", "{\"tokens\": []}", "\n{}", "[\"a\"]", "[[\"a\"]]", "{\n \"a\""})
    BOOST_TEST(looks_like_json(text), text);
  for (const char* text :
       {"", "Ann", "[1] shows that", "{ x } is a set", "[", "( [\"a\"] )", "[ see above ]"})
    BOOST_TEST(!looks_like_json(text), text);
}

BOOST_AUTO_TEST_SUITE_END()
