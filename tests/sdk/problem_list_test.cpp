// SPDX-License-Identifier: MIT
#include "sdk/problem_list.hpp"

#include "test.hpp"

using namespace spanlab;

BOOST_AUTO_TEST_SUITE(problem_list)

static std::vector<Problem> many(int number, const std::string& before, const std::string& after) {
  std::vector<Problem> problems;
  for (int i = 0; i < number; ++i)
    problems.push_back({"x:" + std::to_string(i), before + std::to_string(i) + after});
  return problems;
}

BOOST_AUTO_TEST_CASE(twenty_of_a_kind_and_then_a_count) {
  std::vector<Problem> problems = many(9046, "words [", ", 3) are not in the sentence");
  problems.insert(problems.begin() + 3, Problem{"x", "is empty"});
  const Error error(ErrorKind::data, problems);
  BOOST_TEST(error.problems().size() == 22u);
  BOOST_TEST(error.problems()[3].message == "is empty");
  BOOST_TEST(error.problems()[20].message == "words [19, 3) are not in the sentence");
  BOOST_TEST(error.problems()[21].message == "… and 9,026 more of this kind");
  BOOST_TEST(is_count(error.problems()[21]));
  BOOST_TEST(number_of(error.problems()) == 9047);
  BOOST_TEST(Error(ErrorKind::data, many(20, "a", "")).problems().size() == 20u);
}

BOOST_AUTO_TEST_CASE(quotations_and_numbers_do_not_make_a_kind) {
  std::vector<Problem> problems;
  for (int i = 0; i < 30; ++i)
    problems.push_back({"x", "its file '" + std::string(1, static_cast<char>('a' + i % 26)) +
                                 "' isn't the card's: \"" + std::to_string(i) + "z\""});
  condense(problems);
  BOOST_TEST(problems.size() == 21u);
  for (int i = 0; i < 30; ++i) problems.push_back({"x", "of another kind"});
  condense(problems);
  BOOST_TEST(problems.size() == 42u);
}

// Lists of several files are put together, and their counts with them.
BOOST_AUTO_TEST_CASE(condensed_lists_are_put_together) {
  std::vector<Problem> all;
  for (const char* kind : {"entity ", "relation "}) {
    for (int file = 0; file < 3; ++file) {
      std::vector<Problem> part = many(100, kind, "");
      condense(part);
      all.insert(all.end(), part.begin(), part.end());
    }
  }
  condense(all);
  BOOST_TEST(all.size() == 42u);
  BOOST_TEST(all[20].message == "… and 280 more of this kind");
  BOOST_TEST(all[41].message == "… and 280 more of this kind");
  BOOST_TEST(number_of(all) == 600);
}

BOOST_AUTO_TEST_CASE(a_list_of_millions_stays_small) {
  std::vector<Problem> problems;
  for (int i = 0; i < 1'000'000; ++i)
    add_problem(problems, "x", (i % 2 ? "odd " : "even ") + std::to_string(i));
  BOOST_TEST(problems.size() <= 1100u);
  condense(problems);
  BOOST_TEST(problems.size() == 42u);
  BOOST_TEST(number_of(problems) == 1'000'000);
}

BOOST_AUTO_TEST_CASE(kinds_without_an_end_are_counted_too) {
  std::vector<Problem> problems;
  auto name = [](int i) {
    std::string text;
    for (; i > 0; i /= 26) text += static_cast<char>('a' + i % 26);
    return text;
  };
  for (int i = 1; i <= 5000; ++i) add_problem(problems, "x", "strange " + name(i));
  condense(problems);
  BOOST_TEST(problems.size() == kMostProblems + 1);
  BOOST_TEST(problems.back().message == "… and 4,800 more problems");
}

BOOST_AUTO_TEST_SUITE_END()
