// SPDX-License-Identifier: MIT
#include <chrono>
#include <fstream>

#include "spanlab/error.hpp"
#include "spanlab/tokenizer.hpp"
#include "spanlab/word_shape.hpp"
#include "test.hpp"
#include "sdk/unicode.hpp"

using namespace spanlab;
namespace fs = std::filesystem;

BOOST_AUTO_TEST_SUITE(text)

BOOST_AUTO_TEST_CASE(casing_classes) {
  const std::pair<const char*, std::int64_t> cases[] = {
      {"1994", 0},     {"٣", 0},        {"word", 1},       {"élan", 1},  {"NATO", 2}, {"A", 2},
      {"Ångström", 3}, {"McDonald", 3}, {"B52", 4},        {"1990s", 4}, {"3-4", 4},  {"F-16A", 5},
      {"covid19", 5},  {"iPhone", 6},   {"well-known", 6}, {"", 6},      {"--", 6}};
  for (const auto& [word, expected] : cases)
    BOOST_TEST(casing_class(word) == expected, word << ": " << casing_class(word));
}

// Examples of the Unicode standard, annex 15.
BOOST_AUTO_TEST_CASE(normal_forms) {
  using unicode::Form;
  BOOST_CHECK(unicode::normalise(U"\u1E9B\u0323", Form::composed) == U"\u1E9B\u0323");
  BOOST_CHECK(unicode::normalise(U"\u1E9B\u0323", Form::decomposed) == U"\u017F\u0323\u0307");
  BOOST_CHECK(unicode::normalise(U"\u212B", Form::composed) == U"\u00C5");
  BOOST_CHECK(unicode::normalise(U"\uD55C", Form::decomposed) == U"\u1112\u1161\u11AB");
  BOOST_CHECK(unicode::normalise(U"\u1F82", Form::decomposed) == U"\u03B1\u0313\u0300\u0345");
  BOOST_CHECK(unicode::normalise(U"", Form::composed).empty());
}

BOOST_AUTO_TEST_CASE(bytes_that_are_no_text) {
  BOOST_CHECK(unicode::decode("a\xff\xc3") == U"a\uFFFD\uFFFD");
  BOOST_CHECK(unicode::decode("\xe2\x82\xac") == U"\u20AC");
  BOOST_TEST(unicode::encode(unicode::decode("\xf0\x9f\x98\x80z")) == "\xf0\x9f\x98\x80z");
}

// Assigned since Unicode 15.0, 15.1 and 16.0; the reference does not know them.
BOOST_AUTO_TEST_CASE(characters_younger_than_the_reference_count_as_unassigned) {
  for (char32_t c : {U'\u0CF3', U'\U00011F00', U'\U0001F6DC', U'\U000323AF', U'\U0002EBF0', U'\U00010D40'})
    BOOST_TEST(unicode::is_other(c));
  for (char32_t c : {U'\u061D', U'\U0001FAF6', U'a', U'\u4E00', U'\U0002A6DF'})
    BOOST_TEST(!unicode::is_other(c));
}

static fs::path vocabulary_of(const test::TemporaryFolder& folder, const std::string& text) {
  std::ofstream(folder.path() / "vocab.txt", std::ios::binary) << text;
  return folder.path() / "vocab.txt";
}

BOOST_AUTO_TEST_CASE(longest_match_first) {
  test::TemporaryFolder folder;
  const WordPiece tokenizer(
      vocabulary_of(folder,
                    "[PAD]\r\n[UNK]\r\n[CLS]\r\n[SEP]\r\nun\r\n##aff\r\n##able\r\n##a\r\nunaff\r\n,\r\n"),
      Casing::uncased);
  BOOST_TEST(tokenizer.size() == 10);
  using Ids = std::vector<std::int64_t>;
  BOOST_TEST(tokenizer.encode("Unaffable") == (Ids{8, 6}), boost::test_tools::per_element());
  BOOST_TEST(tokenizer.encode("una,unb") == (Ids{4, 7, 9, 1}), boost::test_tools::per_element());
  BOOST_TEST(tokenizer.encode("un[SEP]un[MASK]") == (Ids{4, 3, 4, 1, 1, 1}),
             boost::test_tools::per_element());
  BOOST_TEST(tokenizer.encode("").empty());
  BOOST_TEST(tokenizer.encode(" \u200b\xff ").empty());
  BOOST_TEST(tokenizer.piece(5) == "##aff");
}

static std::string error_of(const fs::path& file) {
  try {
    WordPiece tokenizer(file, Casing::cased);
  } catch (const Error& error) {
    BOOST_CHECK(error.kind() == ErrorKind::data);
    return error.what();
  }
  BOOST_FAIL("no error");
  return "";
}

BOOST_AUTO_TEST_CASE(bad_vocabularies) {
  test::TemporaryFolder folder;
  const std::string file = (folder.path() / "vocab.txt").string();
  BOOST_TEST(error_of(folder.path() / "vocab.txt") == file + ": does not exist");
  BOOST_TEST(error_of(vocabulary_of(folder, "")) == file + ": is empty");
  BOOST_TEST(error_of(vocabulary_of(folder, "\n\r\n")) == file + ": is empty, expected one piece a line");
  BOOST_TEST(error_of(vocabulary_of(folder, std::string("[UNK]\na\0b\n", 10))) ==
             file + ":2: holds a NUL byte, expected text");
  BOOST_TEST(error_of(vocabulary_of(folder, "[UNK]\na\n")) ==
             file + ": has no special piece [CLS]\n" + file + ": has no special piece [SEP]");
}

// As in the reference: a line is a number, the last of equal ones counts, and blank lines at the end are
// none.
BOOST_AUTO_TEST_CASE(vocabularies_that_do_not_fit_to_the_line) {
  test::TemporaryFolder folder;
  const WordPiece tokenizer(
      vocabulary_of(folder, "\xEF\xBB\xBF[PAD]\n[UNK]\n[CLS]\n[SEP]\na\n\n##a\na\n##a\n\n\n"), Casing::cased);
  BOOST_TEST(tokenizer.size() == 9);
  using Ids = std::vector<std::int64_t>;
  BOOST_TEST(tokenizer.encode("a aa [PAD]") == (Ids{7, 7, 8, 0}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
