// SPDX-License-Identifier: MIT
#include "spanlab/tokenizer.hpp"

#include "parity/fixtures.hpp"

using namespace spanlab;
using namespace spanlab::host;

BOOST_AUTO_TEST_SUITE(tokenizer)

static WordPiece vocabulary(const std::string& name) {
  return WordPiece(test::shared_folder() / "vocab" / ("bert-base-" + name + ".txt"),
                   name == "cased" ? Casing::cased : Casing::uncased);
}

static std::string pieces(const WordPiece& tokenizer, const std::vector<std::int64_t>& ids) {
  std::string text;
  for (std::int64_t id : ids) text += " " + tokenizer.piece(id);
  return text;
}

// `tokens`, each encoded alone, and the pieces of each.
static void compare_words(const WordPiece& tokenizer, const nlohmann::json& line, const std::string& place,
                          test::Comparison& comparison) {
  std::vector<std::int64_t> ids{tokenizer.begin()};
  std::vector<std::pair<std::int64_t, std::int64_t>> spans;
  for (const auto& word : line["tokens"]) {
    const auto start = static_cast<std::int64_t>(ids.size());
    for (std::int64_t id : tokenizer.encode(word.get<std::string>())) ids.push_back(id);
    spans.emplace_back(start, static_cast<std::int64_t>(ids.size()));
  }
  ids.push_back(tokenizer.end());
  std::vector<std::string> names;
  for (std::int64_t id : ids) names.push_back(tokenizer.piece(id));
  comparison.exact("ids of words", ids == line["ids"].get<std::vector<std::int64_t>>(),
                   place + pieces(tokenizer, ids));
  comparison.exact("pieces", names == line["word_pieces"].get<std::vector<std::string>>(), place);
  comparison.exact("spans of words", spans == line["token_spans"].get<decltype(spans)>(), place);
}

BOOST_AUTO_TEST_CASE(every_sentence_word_and_text) {
  if (test::fixtures_folder("tokenizer").empty()) return;
  test::Comparison comparison("tokenizer");
  for (const auto& file : test::cases("tokenizer")) {
    const std::string name = file.stem().string();
    const WordPiece tokenizer = vocabulary(name.ends_with("uncased") ? "uncased" : "cased");
    std::int64_t number = 0;
    for (const auto& line : test::read_json_lines(file)) {
      const std::string place =
          file.filename().string() + ":" + std::to_string(++number) + " " + line.value("category", "");
      if (line.contains("tokens")) {
        compare_words(tokenizer, line, place, comparison);
      } else {
        auto ids = tokenizer.encode(line["text"].get<std::string>());
        if (line["ids"].front() == tokenizer.begin()) {
          ids.insert(ids.begin(), tokenizer.begin());
          ids.push_back(tokenizer.end());
        }
        comparison.exact("ids of texts", ids == line["ids"].get<std::vector<std::int64_t>>(),
                         place + pieces(tokenizer, ids));
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
