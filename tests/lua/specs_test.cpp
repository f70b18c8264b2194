// SPDX-License-Identifier: MIT
// Each tests/lua/specs/*.lua with expectations in its comments is a study; its space is expanded and compared
// with them:
//   -- point: PATH=VALUE …       the points, in order      -- error: LINE: FRAGMENT   a problem in that line
//   of the spec
//   -- count: N                  how many there are        -- ascending: PATH         the values of a path
//   rise
#include <fstream>

#include "lua/script.hpp"
#include "spanlab/error.hpp"
#include "test.hpp"

using namespace spanlab;

namespace {

std::string text_of(const Value& value) {
  struct {
    std::string operator()(std::monostate) const { return "[]"; }
    std::string operator()(bool v) const { return v ? "true" : "false"; }
    std::string operator()(std::int64_t v) const { return fmt::format("{}", v); }
    std::string operator()(double v) const { return fmt::format("{}", v); }
    std::string operator()(const std::string& v) const { return v; }
    std::string operator()(const std::vector<double>& v) const {
      return fmt::format("[{}]", fmt::join(v, ","));
    }
    std::string operator()(const std::vector<std::string>& v) const {
      return fmt::format("[{}]", fmt::join(v, ","));
    }
  } visitor;
  return std::visit(visitor, value);
}

std::string text_of(const Point& point) {
  std::string text;
  for (const Assignment& assignment : point) {
    const Setting& setting = assignment.setting;
    text += fmt::format("{}{}={}", text.empty() ? "" : " ", assignment.path,
                        setting.kind.empty() ? text_of(setting.value) : setting.id);
  }
  return text;
}

struct Expectation {
  std::vector<std::string> points, errors, ascending;
  std::optional<std::size_t> count;

  explicit Expectation(const std::filesystem::path& file) {
    std::ifstream stream(file);
    std::string line;
    auto take = [&](std::string_view mark) {
      return line.starts_with(mark) ? std::optional(line.substr(mark.size())) : std::nullopt;
    };
    while (std::getline(stream, line)) {
      if (auto point = take("-- point: ")) points.push_back(*point);
      if (auto error = take("-- error: ")) errors.push_back(*error);
      if (auto path = take("-- ascending: ")) ascending.push_back(*path);
      if (auto number = take("-- count: ")) count = std::stoul(*number);
    }
    if (!count && !points.empty()) count = points.size();
  }
};

struct Outcome {
  std::vector<Point> points;
  std::vector<Problem> problems;
};

Outcome run(const std::filesystem::path& file) {
  try {
    Study study = load_study(file, {});
    std::ranges::copy(study.unsettled, std::back_inserter(study.problems));
    return {study.points, study.problems};
  } catch (const Error& error) {
    BOOST_TEST(static_cast<int>(error.kind()) == static_cast<int>(ErrorKind::usage));
    return {{}, error.problems()};
  }
}

void compare(const std::filesystem::path& file, const Expectation& expected) {
  const Outcome outcome = run(file);
  BOOST_TEST(outcome.problems.size() == expected.errors.size());
  for (const std::string& error : expected.errors) {
    const std::size_t colon = error.find(": ");
    const std::string place = fmt::format("{}:{}", file.string(), error.substr(0, colon)),
                      fragment = error.substr(colon + 2);
    auto told = [&](const Problem& problem) {
      return problem.place == place && problem.message.find(fragment) != std::string::npos;
    };
    BOOST_TEST(std::ranges::any_of(outcome.problems, told), "not told: " << error);
  }
  if (!expected.errors.empty()) {
    for (const Problem& problem : outcome.problems)
      BOOST_TEST_MESSAGE(problem.place << ": " << problem.message);
    return;
  }
  for (const Problem& problem : outcome.problems) BOOST_ERROR(problem.place << ": " << problem.message);
  if (expected.count) BOOST_TEST(outcome.points.size() == *expected.count);
  for (std::size_t i = 0; i < std::min(expected.points.size(), outcome.points.size()); ++i)
    BOOST_TEST(text_of(outcome.points[i]) == expected.points[i]);
  for (const std::string& path : expected.ascending) {
    std::int64_t last = -1;
    for (const Point& point : outcome.points) {
      const Assignment* found = point.find(path);
      BOOST_REQUIRE(found);
      BOOST_TEST(std::get<std::int64_t>(found->setting.value) > last);
      last = std::get<std::int64_t>(found->setting.value);
    }
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(lua_specs)

BOOST_AUTO_TEST_CASE(every_spec_holds) {
  std::size_t specs = 0;
  for (const auto& entry : std::filesystem::directory_iterator(test::source_folder() / "tests/lua/specs")) {
    const Expectation expected(entry.path());
    if (!expected.count && expected.errors.empty()) continue;  // a module that specs share
    BOOST_TEST_CONTEXT(entry.path().filename().string()) compare(entry.path(), expected);
    ++specs;
  }
  BOOST_TEST(specs >= 20u);
}

BOOST_AUTO_TEST_CASE(a_sample_is_the_same_every_time) {
  const auto file = test::source_folder() / "tests/lua/specs/sample.lua";
  std::vector<std::string> first, second;
  for (const Point& point : load_study(file, {}).points) first.push_back(text_of(point));
  for (const Point& point : load_study(file, {}).points) second.push_back(text_of(point));
  BOOST_TEST(first == second, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
