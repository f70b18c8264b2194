// SPDX-License-Identifier: MIT
#include "plugin/configuration.hpp"

#include <nlohmann/json.hpp>

#include "spanlab/error.hpp"
#include "test.hpp"

using namespace spanlab;
using nlohmann::json;

namespace {

std::filesystem::path subject() {
  return std::filesystem::read_symlink("/proc/self/exe").parent_path().parent_path() /
         "tests/plugins/subject.so";
}

Registry with_subject() {
  Registry registry;
  registry.load(std::vector{subject()});
  return registry;
}

std::string message(auto function) {
  try {
    function();
  } catch (const Error& error) {
    BOOST_TEST((error.kind() == ErrorKind::usage));
    return error.what();
  }
  return "no error";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(configuration)

BOOST_AUTO_TEST_CASE(values_survive_json) {
  const std::vector<Value> values{std::monostate(),
                                  true,
                                  std::int64_t{1} << 60,
                                  -0.5,
                                  1.0,
                                  std::string("ä \"quoted\""),
                                  std::vector<double>{0.5, 2},
                                  std::vector<std::string>{"a", ""}};
  for (const Value& value : values)
    BOOST_TEST((from_json(json::parse(to_json(value).dump())) == value), to_json(value).dump());
  BOOST_TEST((from_json(json::parse("[1, 2.5]")) == Value(std::vector<double>{1, 2.5})));
  BOOST_TEST(message([] { from_json(json::parse(R"([1, "a"])")); }) ==
             R"(expected a list of texts or a list of numbers, got [1,"a"])");
}

BOOST_AUTO_TEST_CASE(a_component_is_read) {
  const Registry registry = with_subject();
  const ComponentChoice choice =
      read_component(registry, ComponentKind::loss, json::parse(R"({"component": "scaled", "factor": 2})"),
                     "entity.loss.classify");
  BOOST_TEST(choice.id == "scaled");
  BOOST_TEST(choice.parameters.number("factor") == 2.0);
  const ComponentChoice plain = read_component(
      registry, ComponentKind::loss, json::parse(R"({"component": "scaled"})"), "entity.loss.classify");
  BOOST_TEST(plain.parameters.number("factor") == 1.0);
}

BOOST_AUTO_TEST_CASE(every_problem_of_a_component_names_its_path) {
  const Registry registry = with_subject();
  const auto read = [&](const char* text) {
    return message(
        [&] { read_component(registry, ComponentKind::loss, json::parse(text), "entity.loss.x"); });
  };
  const std::string text = read(R"({"component": "scaled", "factr": 2, "factor": "a", "deep": {}})");
  BOOST_TEST(text.find("entity.loss.x.deep: expected a value, got object") != text.npos, text);
  BOOST_TEST(text.find("entity.loss.x.factor: expected a number in [0, 100], got \"a\" (text)") != text.npos,
             text);
  BOOST_TEST(text.find("entity.loss.x: unknown key 'factr'; did you mean 'factor'?") != text.npos, text);
  BOOST_TEST(read(R"({"component": "scaledd"})")
                 .starts_with("entity.loss.x: unknown loss 'scaledd'; did you mean 'scaled'?"));
  BOOST_TEST(read(R"({"factor": 1})") == "entity.loss.x.component: expected the name of a loss");
  BOOST_TEST(read("3") == "entity.loss.x: expected a table of keys, got number");
}

BOOST_AUTO_TEST_CASE(slots_are_left_out) {
  Schema schema;
  schema.integer("depth", 0, "layers");
  const std::vector<std::string> slots{"head"};
  const Parameters parameters =
      read_parameters(schema, json::parse(R"({"depth": 2, "head": {"component": "span"}})"), "entity", slots);
  BOOST_TEST(parameters.integer("depth") == 2);
}

BOOST_AUTO_TEST_CASE(tasks_are_what_is_not_reserved) {
  const auto names =
      task_names(json::parse(R"({"train": {}, "relation": {}, "data": {}, "entity": {}, "encoder": {}})"));
  BOOST_TEST(names == (std::vector<std::string>{"entity", "relation"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
