// SPDX-License-Identifier: MIT
#include "data/dataset.hpp"

#include <fstream>

#include "own_corpus.hpp"
#include "spanlab/error.hpp"
#include "test.hpp"

using namespace spanlab;
using namespace spanlab::test;
namespace fs = std::filesystem;

BOOST_AUTO_TEST_SUITE(types)

static std::string problems_of_types(const std::string& text) {
  test::TemporaryFolder folder;
  std::ofstream(folder.path() / "types.json", std::ios::binary) << text;
  try {
    read_types(folder.path() / "types.json");
  } catch (const Error& error) {
    BOOST_CHECK(error.kind() == ErrorKind::data);
    return error.what();
  }
  return "";
}

BOOST_AUTO_TEST_CASE(types_are_read_by_a_schema) {
  BOOST_TEST(problems_of_types(
                 R"({"entities": {"A": {"short": "A", "verbose": "a"}, "B": {}, "C": null},
              "relations": {"R": {"symmetric": true}}})") == "");
  const std::string text = problems_of_types(
      R"({"entities": {"A": {"symmetric": true}, "B": 3, "C": {"verbose": 1}},
          "relations": {"R": {"symmetric": "true"}, "S": {"symmetric": 1}, "T": {"symetric": true},
                        "": {}, "U\n": {}},
          "relation": {}})");
  has(text, "types.json: entities.A: unknown key 'symmetric'");
  has(text, "types.json: entities.B: expected an object, got 3");
  has(text, "types.json: entities.C.verbose: expected a text, got 1");
  has(text, "types.json: relations.R.symmetric: expected true or false, got \"true\"");
  has(text, "types.json: relations.S.symmetric: expected true or false, got 1");
  has(text, "types.json: relations.T: unknown key 'symetric'; did you mean 'symmetric'?");
  has(text, "types.json: relations: a type has no name");
  has(text, "types.json: relations: type 'U ': expected a name of UTF-8 without control characters");
  has(text, "types.json: unknown key 'relation'; did you mean 'relations'?");
  const std::string twice =
      problems_of_types("{\"entities\": {\"A\": {},\n\"A\": {}}, \"relations\": {\"R\": {},\n\"R\": {}}}");
  has(twice, "types.json:2:3: key 'A' stands twice in one object");
  has(twice, "types.json:3:3: key 'R' stands twice in one object");
}

BOOST_AUTO_TEST_SUITE_END()
