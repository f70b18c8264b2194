// SPDX-License-Identifier: MIT
#include "data/shared_texts.hpp"

#include "test.hpp"

using namespace spanlab;

BOOST_AUTO_TEST_SUITE(shared_texts)

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
