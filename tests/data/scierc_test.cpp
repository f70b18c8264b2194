// SPDX-License-Identifier: MIT
#include "data/dataset.hpp"

#include <fstream>

#include "own_corpus.hpp"
#include "spanlab/error.hpp"
#include "test.hpp"

using namespace spanlab;
using namespace spanlab::test;
namespace fs = std::filesystem;

BOOST_AUTO_TEST_SUITE(scierc)

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

BOOST_AUTO_TEST_SUITE_END()
