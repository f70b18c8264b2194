// SPDX-License-Identifier: MIT
#include "data/sentence_input.hpp"

#include <fstream>

#include "own_corpus.hpp"
#include "spanlab/error.hpp"
#include "test.hpp"

using namespace spanlab;
using namespace spanlab::test;
namespace fs = std::filesystem;

BOOST_AUTO_TEST_SUITE(sentence_input)

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
