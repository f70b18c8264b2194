// SPDX-License-Identifier: MIT
#include "data/plain_text.hpp"

#include "data/projection.hpp"
#include "data/shared_texts.hpp"
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

BOOST_AUTO_TEST_CASE(projection_onto_another_version) {
  const Texts target{"We", "use", "-LRB-", "new", "-RRB-", "parse", "-", "trees", "``", "now", "''", "."};
  const std::string text = "We really use (new) parse-trees \"now\".";
  const Projection projection(text, target);
  auto of = [&](const std::string& part) {
    return projection.words_of(text.find(part), text.find(part) + part.size());
  };
  BOOST_CHECK((of("(new)") == Span{2, 5}));
  BOOST_CHECK((of("parse-trees") == Span{5, 8}));
  BOOST_CHECK((of("really use") == Span{1, 2}));
  BOOST_CHECK((of("\"now\"") == Span{8, 11}));
  BOOST_CHECK(!of(" really "));
}

BOOST_AUTO_TEST_CASE(shares_do_not_depend_on_how_texts_are_cut) {
  const std::string text =
      "The question is, however, how an interesting information piece would be found in a large database of "
      "state-of-the-art texts.";
  TextIndex index;
  index.add(text);
  BOOST_TEST(index.share(text) == 1.0);
  BOOST_TEST(index.share("the question is , however , how an interesting -LRB- information -RRB- piece would "
                         "be found in a large database of state - of - the - art texts .") == 1.0);
  BOOST_TEST(index.share("Another sentence that has nothing at all in common with the one that was put into "
                         "the index before it was asked.") == 0.0);
  BOOST_TEST(index.share("Too short.") == 0.0);
  const double half = index.share(
      text.substr(0, 62) + " and then it goes on in quite another way until the end of this line is reached");
  BOOST_TEST(half > 0.0);
  BOOST_TEST(half < 0.5);
}

BOOST_AUTO_TEST_SUITE_END()
