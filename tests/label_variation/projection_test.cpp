// SPDX-License-Identifier: MIT
#include "label_variation/projection.hpp"

#include "test.hpp"

using namespace spanlab;
using Texts = std::vector<std::string>;

BOOST_AUTO_TEST_SUITE(projection)

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

BOOST_AUTO_TEST_SUITE_END()
