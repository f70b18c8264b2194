// SPDX-License-Identifier: MIT
#include "records/error_counts.hpp"

#include "files/files.hpp"
#include "spanlab/error.hpp"
#include "test.hpp"

namespace spanlab::test {
namespace {

ErrorsByGroup made_errors() {
  const Inventory types{{{"A", "", false}, {"B", "", false}}, {{"R", "", false}}};
  Sentence sentence;
  sentence.words = {"a", "b", "c", "d"};
  const std::vector<Annotation> gold{{{{{0, 1}, 0}, {{2, 3}, 1}}, {{0, 1, 0}}}};
  const std::vector<Annotation> predicted{{{{{0, 2}, 0}, {{2, 3}, 1}}, {{1, 0, 0}}}};
  const std::vector<Sentence> sentences{sentence};
  ErrorsByGroup groups;
  add(analyse_errors(gold, predicted, Overlap::allowed, {sentences, types, nullptr}), groups["sci"]);
  return groups;
}

}  // namespace

BOOST_AUTO_TEST_CASE(counts_of_errors_come_back_from_their_file) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "errors.json";
  write_error_counts(made_errors(), file);
  const ErrorsByGroup back = read_error_counts(file);
  BOOST_REQUIRE(back.contains("sci"));
  const ErrorCounts& counts = back.at("sci");
  BOOST_TEST(counts.trials == 1u);
  BOOST_TEST(counts.entity.all.correct == 1);
  BOOST_TEST(counts.entity.all.false_positives == 1);
  BOOST_TEST(counts.entity.all.false_negatives == 1);
  BOOST_TEST(counts.entity.categories.size() == kEntityErrors.size());
  BOOST_TEST(counts.entity.categories[0].name == "boundary");
  BOOST_TEST(counts.entity.categories[0].errors() == 2);
  BOOST_TEST(counts.strict.all.false_positives == 1);
  BOOST_TEST(counts.entity.breakdowns.size() == 3u);
  BOOST_TEST(counts.entity.confusion[0][0] == 1);
  BOOST_TEST(counts.ceiling_strict.gold == 1);
  BOOST_TEST(counts.ceiling_strict.reachable == 0);
  // Written again it is the same file.
  const std::string text = read_file(file);
  write_error_counts(back, file);
  BOOST_TEST(read_file(file) == text);
}

BOOST_AUTO_TEST_CASE(damaged_counts_of_errors_are_refused) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "errors.json";
  for (const char* text : {"", "{}", "[]", "{\"version\": 2, \"groups\": {}}",
                           "{\"version\": 1, \"groups\": {\"\": {\"trials\": 1}}}"}) {
    replace_file(file, text, Durability::quick);
    BOOST_CHECK_THROW(read_error_counts(file), Error);
  }
}

}  // namespace spanlab::test
