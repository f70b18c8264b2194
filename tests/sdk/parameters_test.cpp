// SPDX-License-Identifier: MIT
#include "spanlab/parameters.hpp"

#include "spanlab/error.hpp"
#include "test.hpp"

using namespace spanlab;

BOOST_AUTO_TEST_SUITE(parameters)

static Schema schema() {
  Schema s;
  s.integer("negatives", 100, "negative spans per sentence")
      .range(0, 10000)
      .number("factor", 1, "scale")
      .range(0, 4);
  s.text("form", "linear", "shape").choices({"linear", "power"}).number("margin", 0, "optional").unset();
  return s;
}

BOOST_AUTO_TEST_CASE(defaults_and_conversions) {
  Parameters p(schema(), {{"negatives", 20.0}, {"factor", std::int64_t{2}}});
  BOOST_TEST(p.integer("negatives") == 20);
  BOOST_TEST(p.number("factor") == 2.0);
  BOOST_TEST(p.text("form") == "linear");
  BOOST_TEST(!p.has("margin"));
  BOOST_CHECK_THROW(p.text("factor"), std::logic_error);
  BOOST_CHECK_THROW(p.integer("none"), std::logic_error);
}

BOOST_AUTO_TEST_CASE(every_problem_is_reported) {
  try {
    Parameters(
        schema(),
        {{"negtives", std::int64_t{1}}, {"factor", std::string("0,5")}, {"form", std::string("linaer")}},
        "loss");
    BOOST_FAIL("no error");
  } catch (const Error& error) {
    BOOST_TEST(error.problems().size() == 3);
    std::string text = error.what();
    BOOST_TEST(text.find("did you mean 'negatives'?") != std::string::npos);
    BOOST_TEST(text.find("loss.factor: expected a number in [0, 4], got \"0,5\" (text)") !=
               std::string::npos);
    BOOST_TEST(text.find("did you mean 'linear'?") != std::string::npos);
  }
}

BOOST_AUTO_TEST_SUITE_END()
