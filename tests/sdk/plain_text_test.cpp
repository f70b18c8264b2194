// SPDX-License-Identifier: MIT
#include "spanlab/plain_text.hpp"

#include "test.hpp"

using namespace spanlab;
using Texts = std::vector<std::string>;

BOOST_AUTO_TEST_SUITE(plain_text)

static Texts words(const std::string& text) {
  Texts result;
  for (const TextWord& word : words_of(text))
    result.push_back(text.substr(word.begin, word.end - word.begin));
  return result;
}

static Texts sentences(const std::string& text) {
  Texts result;
  const std::vector<TextWord> cut = words_of(text);
  std::size_t begin = 0;
  for (std::size_t end : sentence_ends(text, cut)) {
    result.push_back(text.substr(cut[begin].begin, cut[end - 1].end - cut[begin].begin));
    begin = end;
  }
  return result;
}

BOOST_AUTO_TEST_CASE(words_of_texts) {
  BOOST_TEST(words("We use (new) trees, e.g. in the U.S. army's \"cap\".") ==
                 (Texts{"We", "use", "(", "new", ")", "trees", ",", "e.g.", "in", "the", "U.S.", "army", "'s",
                        "\"", "cap", "\"", "."}),
             boost::test_tools::per_element());
  BOOST_TEST(
      words(" 1,000 of 3.5 and/or state-of-the-art “x” 90%\n") ==
          (Texts{"1,000", "of", "3.5", "and", "/", "or", "state-of-the-art", "“", "x", "”", "90", "%"}),
      boost::test_tools::per_element());
  BOOST_TEST(words("( . '").size() == 3u);
  BOOST_TEST(words(" \n").empty());
}

BOOST_AUTO_TEST_CASE(sentences_of_texts) {
  BOOST_TEST(
      sentences(
          "It runs. Is it (e.g. here) so? He says \"Yes.\" We saw Fig. 3 by Lee et al. in 1999. ok. End") ==
          (Texts{"It runs.", "Is it (e.g. here) so?", "He says \"Yes.\"",
                 "We saw Fig. 3 by Lee et al. in 1999. ok.", "End"}),
      boost::test_tools::per_element());
  BOOST_TEST(sentences("").empty());
}

BOOST_AUTO_TEST_CASE(words_that_hold_bytes) {
  const std::string text = "ab, cde f";
  const std::vector<TextWord> cut = words_of(text);
  BOOST_CHECK((words_in(cut, 0, 2) == Span{0, 1}));
  BOOST_CHECK((words_in(cut, 1, 6) == Span{0, 3}));
  BOOST_CHECK((words_in(cut, 3, 7) == Span{2, 3}));  // a blank before counts for nothing
  BOOST_CHECK((words_in(cut, 5, 6) == Span{2, 3}));  // part of a word means the word
  BOOST_CHECK(!words_in(cut, 3, 4));
}

BOOST_AUTO_TEST_SUITE_END()
