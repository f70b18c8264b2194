// SPDX-License-Identifier: MIT
#include "records/predictions.hpp"

#include "files/files.hpp"
#include "records/counts_by_document.hpp"
#include "spanlab/error.hpp"
#include "test.hpp"

namespace spanlab::test {

BOOST_AUTO_TEST_CASE(predictions_have_one_form) {
  const Sentence sentence{"a", "", {"trees", "beat", "lists"}, {{}}};
  const Inventory inventory{{{"Term", "", false}}, {{"Used", "", false}}};
  const Prediction prediction{{{{{0, 1}, 0}, 0.75f}, {{{2, 3}, 0}, 0.5f}}, {{{1, 0, 0}, 0.25f}}};
  const std::string items = R"("entities":[{"end":1,"score":0.75,"start":0,"type":"Term"},)"
                            R"({"end":3,"score":0.5,"start":2,"type":"Term"}],)";
  const std::string relations = R"("relations":[{"head":1,"score":0.25,"tail":0,"type":"Used"}])";
  const std::string tokens = R"("tokens":["trees","beat","lists"])";
  BOOST_TEST(prediction_line(sentence, prediction, inventory) ==
             "{" + items + R"("id":"a",)" + relations + "," + tokens + "}");
  const Prediction none;
  const TaskPrediction tasks[]{{"first", prediction, inventory}, {"second", none, inventory}};
  BOOST_TEST(prediction_line(sentence, tasks) == R"({"first":{)" + items + relations + R"(},"id":"a",)" +
                                                     R"("second":{"entities":[],"relations":[]},)" + tokens +
                                                     "}");
}

namespace {

const Inventory kInventory{{{"Term", "", false}}, {{"Used", "", false}}};

std::string complaint(const std::filesystem::path& file, std::span<const Sentence> sentences) {
  try {
    read_predictions(file, sentences, kInventory);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

}  // namespace

BOOST_AUTO_TEST_CASE(predictions_read_back) {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "test.jsonl";
  const std::vector<Sentence> sentences{{"a", "", {"trees", "beat", "lists"}, {{}}}, {"b", "", {"x"}, {{}}}};
  const Prediction prediction{{{{{0, 1}, 0}, 0.75f}, {{{2, 3}, 0}, 0.5f}}, {{{1, 0, 0}, 0.25f}}};
  const std::string lines = prediction_line(sentences[0], prediction, kInventory) + "\n" +
                            prediction_line(sentences[1], {}, kInventory) + "\n";
  replace_file(file, lines, Durability::quick);
  const std::vector<Prediction> read = read_predictions(file, sentences, kInventory);
  BOOST_TEST(read.size() == 2u);
  BOOST_TEST(prediction_line(sentences[0], read[0], kInventory) + "\n" +
                 prediction_line(sentences[1], read[1], kInventory) + "\n" ==
             lines);
}

BOOST_AUTO_TEST_CASE(predictions_of_other_sentences_are_refused) {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "test.jsonl";
  const std::vector<Sentence> sentences{{"a", "", {"trees"}, {{}}}};
  replace_file(file,
               R"({"tokens":["trees"],"entities":[{"type":"Ter","start":0,"end":2,"score":1}]})"
               "\n{}\n",
               Durability::quick);
  const std::string told = complaint(file, sentences);
  BOOST_TEST(told.find("'Ter' is no type") != told.npos, told);
  BOOST_TEST(told.find("expected 1 lines, one of each sentence, got 2") != told.npos, told);
  BOOST_TEST(told.find("test.jsonl:1") != told.npos, told);
  replace_file(file,
               R"({"tokens":["tree"],"entities":[],"relations":[]})"
               "\n",
               Durability::quick);
  BOOST_TEST(complaint(file, sentences).find("expected the words of sentence a") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(counts_read_back) {
  CountsByDocument counts{.unit = TextUnit::document, .documents = {"a", "b"}};
  counts.scores["entity"] = {{"Term"}, {{0, 0, {1, 2, 3}}, {1, 0, {0, 1, 0}}}};
  BOOST_TEST((read_counts_text(counts_text(counts), "x") == counts));
  counts.scores["entity"].entries[1].document = 2;  // there is no third one
  BOOST_CHECK_THROW(read_counts_text(counts_text(counts), "x"), Error);
}

}  // namespace spanlab::test
