// SPDX-License-Identifier: MIT
#include "store/query.hpp"

#include "spanlab/error.hpp"
#include "test.hpp"

using namespace spanlab;

namespace {

std::string path_of(const std::string& query) { return parse_query(query).at(0).path; }

}  // namespace

BOOST_AUTO_TEST_SUITE(query)

BOOST_AUTO_TEST_CASE(paths_may_stand_in_quotes_whole_or_in_part) {
  for (const char* query : {"'entity.per_type.is a.f1' >= 0", "entity.per_type.'is a'.f1 >= 0",
                            "entity.per_type.\"is a\".f1>=0", "'entity.per_type.is a.f1'>=0"}) {
    BOOST_TEST(path_of(query) == "entity.per_type.is a.f1", query);
    BOOST_TEST(parse_query(query).at(0).value == 0);
  }
  BOOST_TEST(path_of("entity.per_type.'a<=b=c!'.f1 > 1") == "entity.per_type.a<=b=c!.f1");
  BOOST_TEST(path_of("entity.per_type.'it''s'.f1 > 1") == "entity.per_type.it's.f1");
  BOOST_TEST(path_of("entity.per_type.\"a\"\"'b\".f1 > 1") == "entity.per_type.a\"'b.f1");
  BOOST_TEST(path_of("'and' > 1") == "and");
}

BOOST_AUTO_TEST_CASE(values_may_stand_in_quotes) {
  const auto conditions = parse_query("a = 'x and y' and b != \"5\" and c='' and d = 'it''s'");
  BOOST_REQUIRE(conditions.size() == 4u);
  BOOST_TEST(conditions[0].value == "x and y");
  BOOST_TEST(conditions[1].value == "5");
  BOOST_TEST(conditions[2].value == "");
  BOOST_TEST(conditions[3].value == "it's");
}

BOOST_AUTO_TEST_CASE(what_is_no_query_is_told_with_its_place) {
  for (const char* query : {"", "a", "a =", "a b c", "entity.per_type.is a.f1 >= 0", "a '=' 1", "a = 'x",
                            "'a = 1", "a > 'x'", "a = 1 or b = 2", "a = 1 'and' b = 2", "= 1"}) {
    BOOST_CHECK_THROW(parse_query(query), Error);
  }
  try {
    parse_query("entity.per_type.is a.f1 >= 0");
  } catch (const Error& error) {
    BOOST_TEST(std::string(error.what()).find("stands in quotes") != std::string::npos, error.what());
  }
}

BOOST_AUTO_TEST_SUITE_END()
