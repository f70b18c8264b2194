// SPDX-License-Identifier: MIT
#include "report/errors.hpp"

#include <cstdlib>

#include "test.hpp"

namespace spanlab::test {
namespace {

const Inventory kErrorTypes{{{"A", "", false}, {"B", "", false}}, {{"R", "", false}, {"S", "", true}}};

/// A row of trials whose predictions are random.
RowErrors random_row(unsigned seed, std::size_t trials) {
  std::mt19937 random(seed);
  const auto number = [&](int least, int most) {
    return std::uniform_int_distribution<int>(least, most)(random);
  };
  const auto annotations = [&] {
    std::vector<Annotation> all(5);
    for (Annotation& one : all) {
      for (int i = 0; i < 4; ++i) {
        const int begin = number(0, 6);
        one.entities.push_back({{begin, begin + number(1, 3)}, number(0, 1)});
      }
      for (int i = 0; i < 3; ++i) one.relations.push_back({number(0, 3), number(0, 3), number(0, 1)});
    }
    return all;
  };
  Sentence sentence;
  sentence.words.assign(10, "w");
  const std::vector<Sentence> sentences(5, sentence);
  const std::vector<Annotation> gold = annotations();
  RowErrors row{.label = "row"};
  for (std::size_t i = 0; i < trials; ++i)
    add(analyse_errors(gold, annotations(), Overlap::allowed, {sentences, kErrorTypes, nullptr}), row.counts);
  return row;
}

double number_in(const std::string& cell) { return std::strtod(cell.c_str(), nullptr); }

}  // namespace

BOOST_AUTO_TEST_CASE(categories_of_every_row_add_up_to_its_errors) {
  for (unsigned seed = 0; seed < 50; ++seed) {
    ErrorSection section;
    section.rows.push_back(random_row(seed, 1));
    section.rows.push_back(random_row(seed + 100, 4));
    const std::vector<ErrorTexts> tables = category_tables(section);
    BOOST_REQUIRE_EQUAL(tables.size(), 2u);
    for (const ErrorTexts& table : tables) {
      const bool relations = table.columns.back() == "reachable, %";
      for (const std::vector<std::string>& cells : table.cells) {
        BOOST_REQUIRE_EQUAL(cells.size(), table.columns.size());
        double sum = 0;
        for (std::size_t i = 3; i < cells.size() - (relations ? 1 : 0); ++i) sum += number_in(cells[i]);
        // Each cell is rounded to a tenth.
        BOOST_TEST(std::abs(sum - number_in(cells[1]) - number_in(cells[2])) < 0.05 * 12);
      }
    }
    for (const RowErrors& row : section.rows) {
      std::int64_t sum = 0;
      for (const ErrorLine& line : row.counts.entity.categories) sum += line.errors();
      BOOST_TEST(sum == row.counts.entity.all.errors());
    }
  }
}

BOOST_AUTO_TEST_CASE(pages_have_the_section_where_something_is_known) {
  ErrorSection section;
  BOOST_TEST(html_errors(section).empty());
  BOOST_TEST(markdown_errors(section).empty());
  section.rows.push_back(random_row(1, 2));
  section.rows[0].label = "a<b|c";
  section.left_out = {"x<y"};
  BOOST_TEST(html_errors(section).find("a&lt;b|c") != std::string::npos);
  BOOST_TEST(html_errors(section).find("x&lt;y") != std::string::npos);
  BOOST_TEST(markdown_errors(section).find("a\\<b\\|c") != std::string::npos);
  BOOST_TEST(markdown_errors(section).find("| boundary |") != std::string::npos);
}

}  // namespace spanlab::test
