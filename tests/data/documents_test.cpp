// SPDX-License-Identifier: MIT
// Documents in SciERC's form, types files, and plain text for prediction.
#include "problems.hpp"

using namespace spanlab;
using namespace spanlab::test;

BOOST_AUTO_TEST_SUITE(documents)

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
