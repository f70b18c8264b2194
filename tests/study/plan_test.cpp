// SPDX-License-Identifier: MIT
#include "store/plan.hpp"

#include <fstream>

#include "spanlab/error.hpp"
#include "test.hpp"

using namespace spanlab;
using nlohmann::json;

namespace {

Plan sample() {
  Plan plan{.study = "s",
            .question = "q?",
            .script = "s.lua",
            .arguments = {"--limit", "3"},
            .factors = {"train.epochs"},
            .seeds = {1, 2}};
  plan.report = {{{"train.epochs", 1}}, {"entity.f1"}};
  plan.origins = {{"train.epochs", "s.lua:3"}};
  for (int row = 0; row < 2; ++row) {
    plan.rows.push_back(
        {row == 1 ? "more" : "", json::array({json::array({"train.epochs", row + 1})}), "epochs", row == 0});
    for (std::int64_t seed : plan.seeds) {
      const json configuration{{"train", {{"epochs", row + 1}, {"lr", 5e-5}}}}, identity{{"device", "cpu"}};
      plan.trials.push_back(
          {std::string(64, static_cast<char>('a' + 2 * row + seed)), row, seed, configuration, identity});
    }
  }
  return plan;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(plans)

BOOST_AUTO_TEST_CASE(a_plan_comes_back_as_it_was_written) {
  test::TemporaryFolder folder;
  Plan plan = sample();
  write_plan(plan, folder.path() / "p.jsonl");
  Plan back = read_plan(folder.path() / "p.jsonl");
  BOOST_TEST(back.hash() == plan.hash());
  BOOST_TEST(back.trials.size() == 4u);
  BOOST_TEST(*back.trials[3].configuration == *plan.trials[3].configuration);
  BOOST_TEST(*back.trials[3].identity == *plan.trials[3].identity);
  BOOST_TEST(&*back.trials[2].configuration == &*back.trials[3].configuration);  // of one row
  BOOST_TEST(back.trials[2].row == 1);
  BOOST_TEST(back.rows[1].ablation == "more");
  BOOST_TEST(back.rows[0].base);
  BOOST_TEST(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}

BOOST_AUTO_TEST_CASE(the_hash_tells_plans_apart) {
  Plan plan = sample(), other = sample();
  BOOST_TEST(plan.hash() == other.hash());
  other.trials[0].configuration.edit()["train"]["lr"] = 1e-4;
  other.trials[1].configuration.edit()["train"]["lr"] = 1e-4;
  BOOST_TEST(plan.hash() != other.hash());
  BOOST_TEST(plan.hash().size() == 64u);
}

BOOST_AUTO_TEST_CASE(a_cut_file_is_refused) {
  test::TemporaryFolder folder;
  auto file = folder.path() / "p.jsonl";
  write_plan(sample(), file);
  auto size = std::filesystem::file_size(file);
  for (std::uintmax_t cut : {size - 20, size / 2, std::uintmax_t{0}}) {
    std::filesystem::resize_file(file, cut);
    BOOST_CHECK_EXCEPTION(read_plan(file), Error,
                          [](const Error& error) { return error.kind() == ErrorKind::data; });
    write_plan(sample(), file);
  }
  BOOST_CHECK_EXCEPTION(read_plan(folder.path() / "none"), Error,
                        [](const Error& error) { return error.kind() == ErrorKind::environment; });
  BOOST_CHECK_EXCEPTION(write_plan(sample(), folder.path() / "no" / "p"), Error,
                        [](const Error& error) { return error.kind() == ErrorKind::environment; });
}

BOOST_AUTO_TEST_SUITE_END()
