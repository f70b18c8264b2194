// SPDX-License-Identifier: MIT
#include "spanlab/json_view.hpp"

#include <fstream>

#include "sdk/json_value.hpp"
#include "spanlab/json_fields.hpp"
#include "spanlab/json_text.hpp"
#include "spanlab/problem_list.hpp"
#include "spanlab/text_file.hpp"
#include "test.hpp"

using namespace spanlab;
using nlohmann::json;

BOOST_AUTO_TEST_SUITE(json_file)

// What parsing says, or the value if all is well.
static std::string told(std::string_view text) {
  std::vector<Problem> problems;
  const json value = parse_json(text, "x.json", 1, problems);
  if (problems.empty()) return value.dump();
  BOOST_TEST(value.is_null());
  BOOST_TEST(problems.size() == 1u);
  return problems[0].place + ": " + problems[0].message;
}

BOOST_AUTO_TEST_CASE(values) {
  for (const char* text : {"null", "true", "3", "-7", "0.5", "\"a\"", "[]", "{}", R"([1,[2,{"a":[]}],"x"])",
                           R"({"a":{"b":[1,2]},"c":null})"})
    BOOST_TEST(told(text) == text);
  BOOST_TEST(told("\xef\xbb\xbf[1]") == "[1]");
  BOOST_TEST(told(" \n [1 , 2]\n") == "[1,2]");
  const std::string text = R"({"b":1,"a":{"d":2,"c":3}})";
  BOOST_TEST(members_in_order(text, "") == (std::vector<std::string>{"b", "a"}));
  BOOST_TEST(members_in_order(text, "a") == (std::vector<std::string>{"d", "c"}));
}

// A view answers for what is not there, or is something else, with nothing.
BOOST_AUTO_TEST_CASE(views) {
  std::vector<Problem> problems;
  const JsonDocument document(R"({"a": [1, "b", 2.5, true, null], "c": {}})", "x", 1, problems);
  const JsonView list = document.root().find("a");
  BOOST_TEST(list.size() == 5u);
  BOOST_TEST(list.at(0).whole() == 1);
  BOOST_TEST(list.at(1).text() == "b");
  BOOST_TEST(list.at(2).number() == 2.5);
  BOOST_TEST(!list.at(2).is_whole());
  BOOST_TEST(list.at(3).boolean());
  BOOST_TEST(list.at(4).is_null());
  BOOST_TEST(!list.at(5));
  BOOST_TEST(!document.root().find("d").find("e").at(0));
  BOOST_TEST(document.root().text() == "");
  BOOST_TEST(list.shown() == "a list");
  BOOST_TEST((document.root().keys() == std::vector<std::string>{"a", "c"}));
  BOOST_TEST(!JsonDocument("[1", "x", 1, problems).root());
  BOOST_TEST(problems.size() == 1u);
}

BOOST_AUTO_TEST_CASE(what_is_malformed_is_told_by_file_line_and_column) {
  BOOST_TEST(
      told("[\n  1,\n  }")
          .starts_with("x.json:3:3: malformed JSON: syntax error while parsing value - unexpected '}'"));
  BOOST_TEST(told("[\n 1e999]") ==
             "x.json:2:2: malformed JSON: the number 1e999 is beyond the range of numbers");
  BOOST_TEST(told("{\"a\": -1E400}") ==
             "x.json:1:7: malformed JSON: the number -1E400 is beyond the range of numbers");
  BOOST_TEST(told("[NaN]") ==
             "x.json:1:2: malformed JSON: NaN and Infinity are no JSON: numbers must be finite");
  BOOST_TEST(told("[-Infinity]") ==
             "x.json:1:3: malformed JSON: NaN and Infinity are no JSON: numbers must be finite");
  BOOST_TEST(told("{\"a\": 1,\n \"a\": {\"b\": [1, 2]}, \"c\": 3}") ==
             "x.json:2:4: key 'a' stands twice in one object");
  BOOST_TEST(told("[\"a\xe9\"]")
                 .starts_with("x.json:1:5: malformed JSON: syntax error while parsing value - invalid "
                              "string: ill-formed UTF-8 byte"));
  BOOST_TEST(told("").starts_with("x.json:1:1: malformed JSON"));
  BOOST_TEST(told("[1] [2]").starts_with("x.json:1:5: malformed JSON"));
  std::vector<Problem> problems;
  parse_json("[1,\n}", "x.json", 7, problems);
  BOOST_TEST(problems.at(0).place == "x.json:8:1");
  parse_json(R"({"a": 1, "a": {"b": 1, "b": {"b": [2], "b": 3}}, "c": {"d": 1, "d": 2}})", "x.json", 1,
             problems);
  BOOST_TEST(problems.at(1).message == "key 'a' stands twice in one object");
  BOOST_TEST(problems.size() == 5u);
}

BOOST_AUTO_TEST_CASE(depth_is_bounded) {
  const std::string deep = std::string(kDeepestJson, '[') + std::string(kDeepestJson, ']');
  BOOST_TEST(told(deep) == deep);
  BOOST_TEST(told("[" + deep + "]") ==
             "x.json:1:101: malformed JSON: lists and objects lie more than 100 deep in each other");
  std::string objects;
  for (int i = 0; i < 1'000'000; ++i) objects += "{\"a\":";
  BOOST_TEST(told(objects).starts_with("x.json:1:501: malformed JSON: lists and objects lie"));
}

// A converter's counter or another program's "infinitely long" must neither wrap nor stop the file.
BOOST_AUTO_TEST_CASE(whole_numbers_beyond_64_bits_are_no_integers) {
  std::vector<Problem> problems;
  const json value = parse_json(
      "[9223372036854775807, 9223372036854775808, -9223372036854775808, -9223372036854775809, "
      "1000000000000000019884624838656]",
      "x", 1, problems);
  BOOST_TEST(problems.empty());
  std::vector<bool> whole;
  for (const json& number : value) whole.push_back(number.is_number_integer());
  BOOST_TEST(whole == std::vector<bool>({true, false, true, false, false}), boost::test_tools::per_element());
  BOOST_TEST(value[0].get<std::int64_t>() == 9223372036854775807);
}

static std::string read_with(std::string_view text, const std::function<void(JsonFields&)>& read) {
  std::vector<Problem> problems;
  const JsonDocument document(text, "x", 1, problems);
  JsonFields object(document.root(), "x.json", problems);
  read(object);
  std::string all;
  for (const Problem& problem : problems) all += problem.place + ": " + problem.message + '\n';
  return all;
}

BOOST_AUTO_TEST_CASE(members_have_types) {
  const auto read = [](JsonFields& object) {
    object.text("name");
    object.integer("steps");
    object.boolean_or("symmetric", false);
    object.texts("words");
    JsonFields inner = object.object("inner");
    inner.list("rows");
    inner.no_others();
    object.no_others();
  };
  BOOST_TEST(
      read_with(R"({"name": "a", "steps": 3, "symmetric": true, "words": ["b"], "inner": {"rows": []}})",
                read) == "");
  BOOST_TEST(read_with(
                 R"({"name": 1, "steps": 1.5, "symetric": 1, "symmetric": "true", "words": ["b", 2],
              "inner": {"rows": {"a": 1}, "rowz": 3}})",
                 read) ==
             "x.json: name: expected a text, got 1\n"
             "x.json: steps: expected a whole number, got 1.5\n"
             "x.json: symmetric: expected true or false, got \"true\"\n"
             "x.json: words: expected a list of texts, got a list\n"
             "x.json: inner.rows: expected a list, got an object\n"
             "x.json: inner: unknown key 'rowz'; did you mean 'rows'?\n"
             "x.json: unknown key 'symetric'; did you mean 'symmetric'?\n");
  BOOST_TEST(read_with("[1]", read) == "x.json: expected an object, got a list\n");
  BOOST_TEST(read_with(R"({"name": "a", "steps": 3, "words": []})", read) ==
             "x.json: inner: is missing: expected an object\n");
}

static std::string values_of(std::string_view text) {
  std::vector<Problem> problems;
  std::string all;
  for_each_json(text, "x", problems, [&](JsonView value, const std::string& place, std::int64_t) {
    all += place + '=' + json_of(value).dump() + ' ';
  });
  for (const Problem& problem : problems) all += '!' + problem.place + ' ';
  return all;
}

BOOST_AUTO_TEST_CASE(a_list_or_a_value_a_line) {
  BOOST_TEST(values_of("[1,\n{\"a\":2}]") == "x: item 0=1 x: item 1={\"a\":2} ");
  BOOST_TEST(values_of("\n{\"a\":2}\n\n{\"a\":3}\r\n") == "x:2={\"a\":2} x:4={\"a\":3} ");
  BOOST_TEST(values_of("{\"a\":2}\n{\"a\":\n{\"a\":3}") == "x:1={\"a\":2} x:3={\"a\":3} !x:2:6 ");
  BOOST_TEST(values_of("{\n\"a\":\n2}\n") == "x={\"a\":2} ");
  BOOST_TEST(values_of("") == "");
}

static std::string text_of(std::string_view bytes) {
  std::vector<Problem> problems;
  const std::string text = checked_text(std::string(bytes), "x.txt", problems);
  return problems.empty() ? text : problems[0].place + ": " + problems[0].message;
}

BOOST_AUTO_TEST_CASE(text_is_utf8_or_says_what_it_is) {
  using std::string_view_literals::operator""sv;
  BOOST_TEST(text_of("\xef\xbb\xbf"
                     "caf\xc3\xa9") == "caf\xc3\xa9");
  BOOST_TEST(text_of("a\nb caf\xe9 c") ==
             "x.txt:2:6: is not UTF-8: byte 0xE9; convert it, for instance by iconv -f latin1 -t utf-8");
  BOOST_TEST(text_of("\xff\xfe"
                     "a\0b\0"sv) == "x.txt: is UTF-16: convert it, for instance by iconv -f utf-16 -t utf-8");
  BOOST_TEST(text_of("a\0b\0c\0"sv) ==
             "x.txt: is UTF-16: convert it, for instance by iconv -f utf-16 -t utf-8");
  BOOST_TEST(text_of("\x1f\x8b\x08") == "x.txt: is compressed: unpack it with gunzip");
  BOOST_TEST(text_of("\xed\xa0\x80").starts_with("x.txt:1:1: is not UTF-8"));
}

BOOST_AUTO_TEST_CASE(files) {
  test::TemporaryFolder folder;
  std::ofstream(folder.path() / "x.json") << "{\"a\": [1e999]}";
  std::ofstream(folder.path() / "y.json") << "\xef\xbb\xbf{\"a\": 1}";
  BOOST_TEST(JsonFields(folder.path() / "y.json").integer("a") == 1);
  BOOST_TEST(read_json_text(folder.path() / "y.json") == "{\"a\": 1}");
  for (const char* name : {"x.json", "z.json", "."}) {
    for (int way = 0; way < 2; ++way) {
      try {
        if (way == 0)
          JsonFields(folder.path() / name);
        else
          read_json_text(folder.path() / name);
        BOOST_ERROR("no error for " << name);
      } catch (const Error& error) {
        BOOST_CHECK(error.kind() == ErrorKind::data);
        BOOST_TEST(error.problems().at(0).place.starts_with((folder.path() / name).string()));
      }
    }
  }
  BOOST_CHECK_THROW(check_json_text("{\"a\": 1, \"a\": 2}", "x"), Error);
}

BOOST_AUTO_TEST_SUITE_END()
