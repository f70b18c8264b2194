// SPDX-License-Identifier: MIT
#include "store/index.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <fstream>
#include <random>

#include "files/files.hpp"
#include "made_plan.hpp"
#include "made_record.hpp"
#include "spanlab/error.hpp"
#include "test.hpp"

using namespace spanlab;
using test::made_plan;
using test::TemporaryFolder;

namespace {

struct Filled {
  TemporaryFolder folder;
  RunStore store{folder.path()};
  Plan plan = made_plan("filled", {0.5, 1, 2}, {1, 2});

  // Every trial but the last finished, with F1 = 10 × value + seed.
  Filled() {
    for (std::size_t i = 0; i < plan.trials.size(); ++i) {
      const PlannedTrial& trial = plan.trials[i];
      prepare_trial(store, trial);
      double f1 = 10 * trial.configuration["train"]["value"].get<double>() + static_cast<double>(trial.seed);
      if (i + 1 < plan.trials.size()) finish(trial.hash, f1);
    }
  }
  void finish(const std::string& hash, double f1) {
    auto lock = FileLock::attempt(store.trial_lock(hash));
    Attempt attempt = open_attempt(store, hash, *lock);
    append_line(attempt.folder / kMetricsFile, metrics_line(test::made_final(f1)));
    attempt.status.state = AttemptState::finished;
    attempt.status.started = "2026-01-01T00:00:00Z";
    write_status(attempt.folder, attempt.status);
  }
  std::vector<std::string> hashes(const std::string& query) const {
    std::vector<std::string> found;
    for (const IndexedTrial& trial : Index(store).select(parse_query(query))) found.push_back(trial.hash);
    std::sort(found.begin(), found.end());
    return found;
  }
  std::vector<std::string> planned(std::initializer_list<int> numbers) const {
    std::vector<std::string> found;
    for (int i : numbers) found.push_back(plan.trials[static_cast<std::size_t>(i)].hash);
    std::sort(found.begin(), found.end());
    return found;
  }
};

void check_query_error(const std::string& query, const std::string& part) {
  BOOST_CHECK_EXCEPTION(parse_query(query), Error, [&](const Error& error) {
    BOOST_TEST_CONTEXT(error.what()) BOOST_TEST(std::string(error.what()).find(part) != std::string::npos);
    return error.kind() == ErrorKind::usage;
  });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(store_index)

BOOST_AUTO_TEST_CASE(queries_are_read) {
  std::vector<Condition> read = parse_query("train.epochs>=2 and encoder = 'bi rnn' and a.b!=true");
  BOOST_TEST(read.size() == 3u);
  BOOST_TEST(read[0].path == "train.epochs");
  BOOST_TEST((read[0].comparison == Comparison::at_least));
  BOOST_TEST(read[0].value == 2.0);
  BOOST_TEST(read[1].value == "bi rnn");
  BOOST_TEST(read[2].value == true);
  BOOST_TEST(parse_query("act = nan")[0].value == "nan");
  check_query_error("", "column 1: expected a path");
  check_query_error("train.epochs", "expected one of = != < <= > >=, got the end");
  check_query_error("train.epochs => 3", "got \"=>\"");
  check_query_error("a = 1 or b = 2", "expected 'and', got \"or\"");
  check_query_error("a = 'x", "does not end");
  check_query_error("a > big", "expected a number after >");
  check_query_error("a = 1 and", "expected a path");
}

BOOST_AUTO_TEST_CASE(values_and_final_scores_are_queried) {
  Filled filled;
  auto check = [&](const std::string& query, std::initializer_list<int> expected) {
    BOOST_TEST_CONTEXT(query)
    BOOST_TEST(filled.hashes(query) == filled.planned(expected), boost::test_tools::per_element());
  };
  check("train.value = 1", {2, 3});
  check("train.value != 1.0", {0, 1, 4, 5});
  check("train.value < 1 and seed = 2", {1});
  check("entity.f1 > 11", {3, 4});
  check("entity.micro.f1 <= 7", {0, 1});
  check("encoder = birnn and encoder.size = 32", {0, 1, 2, 3, 4, 5});
  check("train.cased = true and seed = 1", {0, 2, 4});
  check("state = finished", {0, 1, 2, 3, 4});
  check("state != finished", {5});
  check("train.act = \"other\"", {});
  BOOST_CHECK_EXCEPTION(filled.hashes("train.vale = 1"), Error, [](const Error& error) {
    return std::string(error.what()).find("did you mean 'train.value'?") != std::string::npos;
  });
}

BOOST_AUTO_TEST_CASE(an_index_that_was_deleted_or_damaged_gives_the_same) {
  Filled filled;
  std::vector<std::string> before = filled.hashes("entity.f1 > 0");
  std::filesystem::remove(filled.store.root() / "index.sqlite");
  BOOST_TEST(filled.hashes("entity.f1 > 0") == before, boost::test_tools::per_element());
  std::ofstream(filled.store.root() / "index.sqlite") << std::string(8192, 'x');
  BOOST_TEST(filled.hashes("entity.f1 > 0") == before, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_index_damaged_anywhere_gives_the_same) {
  Filled filled;
  const std::filesystem::path file = filled.store.root() / "index.sqlite";
  const auto answers = [&] {
    std::vector<std::string> all;
    for (const char* query :
         {"entity.f1 > 11", "train.value = 1", "encoder.size = 32 and seed = 2", "state = finished"}) {
      for (std::string& hash : filled.hashes(query)) all.push_back(std::move(hash));
    }
    return all;
  };
  const std::vector<std::string> before = answers();
  const std::string whole = read_file(file);
  std::mt19937 random(3);
  constexpr std::size_t kPage = 4096;
  BOOST_REQUIRE(whole.size() >= 5 * kPage);
  for (std::size_t page = 0; page < whole.size() / kPage; ++page) {
    for (const bool zeros : {false, true}) {
      std::string damaged = whole;
      for (std::size_t i = 0; i < kPage; ++i)
        damaged[page * kPage + i] = zeros ? '\0' : static_cast<char>(random());
      std::ofstream(file, std::ios::binary) << damaged;
      BOOST_TEST_CONTEXT("page " << page) BOOST_TEST(answers() == before, boost::test_tools::per_element());
    }
    std::ofstream(file, std::ios::binary) << whole.substr(0, page * kPage + 100);
    BOOST_TEST_CONTEXT("cut in page " << page)
    BOOST_TEST(answers() == before, boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(an_index_of_another_schema_is_built_anew) {
  Filled filled;
  const std::vector<std::string> before = filled.hashes("entity.f1 > 0");
  for (const char* change : {"drop table entries", "alter table trials rename column seed to seeds",
                             "pragma user_version = 0", "pragma user_version = 77"}) {
    SQLite::Database((filled.store.root() / "index.sqlite").string(), SQLite::OPEN_READWRITE).exec(change);
    BOOST_TEST_CONTEXT(change)
    BOOST_TEST(filled.hashes("entity.f1 > 0") == before, boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(an_index_that_cannot_be_written_is_kept_in_memory) {
  Filled filled;
  const std::filesystem::path file = filled.store.root() / "index.sqlite";
  const std::vector<std::string> before = filled.hashes("entity.f1 > 0");
  {
    SQLite::Database held(file.string(), SQLite::OPEN_READWRITE);
    held.exec("begin exclusive");
    BOOST_TEST(filled.hashes("entity.f1 > 0") == before, boost::test_tools::per_element());
  }
  std::filesystem::remove(file);
  std::filesystem::create_directory(file);
  std::ofstream(file / "in the way").put('x');
  BOOST_TEST(filled.hashes("entity.f1 > 0") == before, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_trial_that_cannot_be_read_is_left_out_and_told) {
  Filled filled;
  const auto file = [&](std::size_t i) {
    return filled.store.trial_folder(filled.plan.trials[i].hash) / "trial.json";
  };
  filled.hashes("seed > 0");
  const std::string whole = read_file(file(1));
  for (const std::string text : {"", "{\"hash\": \"", "[]"}) {
    std::ofstream(file(1)) << text;
    const Index index(filled.store);
    BOOST_TEST(index.select({}).size() == 5u);
    BOOST_REQUIRE(index.skipped().size() == 1u);
    BOOST_TEST(index.skipped()[0].find(file(1).string()) == 0u);
  }
  std::ofstream(file(1)) << whole;
  std::ofstream(file(0).parent_path() / "attempt-1" / "metrics.jsonl") << std::string(100, '\0');
  const Index index(filled.store);
  BOOST_TEST(index.skipped().empty());
  BOOST_TEST(filled.hashes("state = finished") == filled.planned({1, 2, 3, 4}),
             boost::test_tools::per_element());
  BOOST_TEST(filled.hashes("state = interrupted") == filled.planned({0}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_index_follows_the_store) {
  Filled filled;
  std::string last = filled.plan.trials.back().hash;
  BOOST_TEST(filled.hashes("state = waiting") == filled.planned({5}), boost::test_tools::per_element());
  filled.finish(last, 99);
  BOOST_TEST(filled.hashes("entity.f1 = 99") == filled.planned({5}), boost::test_tools::per_element());
  filled.finish(last, 98);  // a second attempt
  BOOST_TEST(filled.hashes("entity.f1 = 99").empty());
  BOOST_TEST(filled.hashes("entity.f1 = 98") == filled.planned({5}), boost::test_tools::per_element());
  std::filesystem::remove_all(filled.store.trial_folder(last));
  BOOST_TEST(filled.hashes("seed > 0").size() == 5u);
}

BOOST_AUTO_TEST_SUITE_END()
