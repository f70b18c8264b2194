// SPDX-License-Identifier: MIT
#include "sdk/look_alike.hpp"

#include "test.hpp"

namespace spanlab::test {

BOOST_AUTO_TEST_CASE(what_looks_alike_is_told_by_its_code_points) {
  const std::string composed = "Zo\u00eb", decomposed = "Zoe\u0308";
  BOOST_TEST(
      look_alike(decomposed, composed) ==
      " (they look alike: U+0065 U+0308, expected U+00EB; one of the files has composed letters, the other "
      "decomposed ones: bring both to NFC)");
  const std::string other_way = look_alike(composed + "x", decomposed + "x");
  BOOST_TEST(other_way.starts_with(" (they look alike: U+00EB, expected U+0065 U+0308;"));
  BOOST_TEST(look_alike("a\u00a0b", "a b") == " (they look alike: U+00A0, expected U+0020)");
  BOOST_TEST(look_alike("ab\u200b", "ab") == " (they look alike: U+0062 U+200B, expected U+0062)");
  BOOST_TEST(look_alike("\ufeff"
                        "a",
                        "a") == " (they look alike: U+FEFF, expected nothing)");
}

BOOST_AUTO_TEST_CASE(what_looks_different_needs_no_more_words) {
  for (const auto& [one, other] : {std::pair("ab", "ba"), {"a", "a"}, {"", "a"}, {"Zoe", "Zo\u00eb"}}) {
    BOOST_TEST(look_alike(one, other) == "");
  }
}

}  // namespace spanlab::test
