// SPDX-License-Identifier: MIT
#include "sdk/utf8.hpp"

#include "spanlab/error.hpp"
#include "test.hpp"

namespace spanlab::test {

BOOST_AUTO_TEST_SUITE(utf8)

BOOST_AUTO_TEST_CASE(text_is_left_as_it_is) {
  using namespace std::string_literals;
  const std::string text =
      "plain, caf\u00e9, \u4e2d\u6587, \U0001F600 and \0 within"s
      "\u07FF\u0800\uD7FF\uE000\uFFFF\U00010000\U0010FFFF"s;
  BOOST_TEST(valid_utf8(text) == text);
  BOOST_TEST(find_invalid_utf8(text) == std::string::npos);
  BOOST_TEST(valid_utf8("").empty());
}

BOOST_AUTO_TEST_CASE(each_byte_that_is_no_utf8_is_replaced) {
  const std::string bad = "\uFFFD";
  BOOST_TEST(valid_utf8("caf\xE9") == "caf" + bad);
  BOOST_TEST(valid_utf8("\xE9t\xE9") == bad + "t" + bad);
  BOOST_TEST(valid_utf8("\x80") == bad);
  BOOST_TEST(valid_utf8("\xFF\xFE") == bad + bad);
  BOOST_TEST(valid_utf8("\xC0\xAF") == bad + bad);  // overlong
  BOOST_TEST(valid_utf8("\xC1\xBF") == bad + bad);
  BOOST_TEST(valid_utf8("\xE0\x9F\xBF") == bad + bad + bad);            // overlong
  BOOST_TEST(valid_utf8("\xED\xA0\x80") == bad + bad + bad);            // a surrogate
  BOOST_TEST(valid_utf8("\xF0\x8F\xBF\xBF") == bad + bad + bad + bad);  // overlong
  BOOST_TEST(valid_utf8("\xF4\x90\x80\x80") == bad + bad + bad + bad);  // beyond U+10FFFF
  BOOST_TEST(valid_utf8("\xF5\x80\x80\x80") == bad + bad + bad + bad);
  BOOST_TEST(valid_utf8("\xE4\xB8") == bad + bad);  // cut short
  BOOST_TEST(valid_utf8("\xF0\x9F\x98"
                        "a") == bad + bad + bad + "a");
  BOOST_TEST(find_invalid_utf8("ab\xC3\xA9\xFFz") == 4u);
}

BOOST_AUTO_TEST_CASE(what_an_error_says_is_text) {
  const Error error(ErrorKind::trial, {{"caf\xE9.json", "\xFF is no number"}, {"", "b\xC3\xA9"}});
  BOOST_TEST(std::string(error.what()) == "caf\uFFFD.json: \uFFFD is no number\nb\u00e9");
  BOOST_TEST(error.problems()[0].place == "caf\uFFFD.json");
  BOOST_TEST(error.problems()[0].message == "\uFFFD is no number");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace spanlab::test
