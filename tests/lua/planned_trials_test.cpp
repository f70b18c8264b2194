// SPDX-License-Identifier: MIT
// What stands in the hash of a planned trial, and what the command line makes of a study.
#include <ctime>
#include <set>

#include "files/checksum.hpp"
#include "lua/planning.hpp"
#include "spanlab/error.hpp"

using namespace spanlab;
using namespace spanlab::host;
using namespace spanlab::test;
using nlohmann::json;

BOOST_AUTO_TEST_SUITE(planned_trials)

BOOST_AUTO_TEST_CASE(a_hash_is_of_what_was_asked) {
  const std::string plain = only_hash(plan_of("train = { epochs = 20 }"));
  BOOST_TEST(only_hash(plan_of("train = { epochs = 20.0 }")) == plain);
  BOOST_TEST(only_hash(plan_of("train = { keep = 'none' }")) == plain,
             "a parameter outside the identity counts");
  BOOST_TEST(only_hash(plan_of("question = 'other?'")) == plain);
  BOOST_TEST(only_hash(plan_of("train = { epochs = 21 }")) != plain);
  BOOST_TEST(only_hash(plan_of("seeds = { 2 }")) != plain);
  BOOST_TEST(only_hash(plan_of("seeds = { 1 }", {.device = "cuda"})) != plain);
  BOOST_TEST(only_hash(plan_of("seeds = { 1 }", {.limit = 5})) != plain);
}

BOOST_AUTO_TEST_CASE(a_hash_is_sha256_of_the_canonical_json) {
  const PlannedTrial trial = plan_of("seeds = { 3 }").trials.at(0);
  json asked{{"configuration", trial.configuration}, {"identity", trial.identity}, {"seed", trial.seed}};
  for (const char* outside : {"keep", "check"})
    BOOST_TEST(asked["configuration"]["train"].erase(outside) == 1u);
  asked["configuration"]["data"].erase("noise");  // its rate is 0
  for (const char* task : {"entity", "relation"}) {
    BOOST_TEST(asked["configuration"][task].erase("max_relations") == 1u);
    for (json& loss : asked["configuration"][task]["loss"])
      BOOST_TEST(loss.erase("sum_weight") == 1u);  // a later parameter with its default
  }
  BOOST_TEST(sha256_of(asked.dump()) == trial.hash);
  BOOST_TEST(trial.identity.at("components").contains("encoder/bert"));
  BOOST_TEST(trial.identity.at("components").size() == 7u);
  BOOST_TEST(trial.identity.at("data").get<std::string>().size() == 64u);
}

BOOST_AUTO_TEST_CASE(one_more_value_leaves_the_other_trials_as_they_are) {
  auto hashes = [](const Plan& plan) {
    std::set<std::string> found;
    for (const PlannedTrial& trial : plan.trials) found.insert(trial.hash);
    return found;
  };
  const std::set<std::string> few =
      hashes(plan_of("seeds = { 1, 2 }, space = lab.grid { ['entity.sampler.negatives'] = { 20, 60 } }"));
  const std::set<std::string> more =
      hashes(plan_of("seeds = { 1, 2 }, space = lab.grid { ['entity.sampler.negatives'] = { 10, 20, 60 } }"));
  BOOST_TEST(few.size() == 4u);
  BOOST_TEST(more.size() == 6u);
  BOOST_TEST(std::ranges::includes(more, few));
}

BOOST_AUTO_TEST_CASE(the_command_line_comes_last_and_is_remembered) {
  const Overrides overrides{
      .profile = "quick",
      .set = {"train.lr=0.001", "entity.loss.classify=bce", "relation.head.outputs=classify"},
      .seeds = {{4}},
      .limit = 9};
  const Plan plan = plan_of(
      "train = { epochs = 3, lr = 1 }, profiles = { quick = { ['train.epochs'] = 1, ['train.lr'] = 0.1 } }",
      overrides);
  const json& configuration = plan.trials.at(0).configuration;
  BOOST_TEST(configuration["train"]["epochs"] == 1);
  BOOST_TEST(configuration["train"]["lr"] == 0.001);
  BOOST_TEST(configuration["entity"]["loss"]["classify"]["component"] == "bce");
  BOOST_TEST(configuration["data"]["limit"] == 9);
  BOOST_TEST(plan.trials.at(0).seed == 4);
  BOOST_TEST(plan.origins["train.lr"] == "--set");
  BOOST_TEST(plan.origins["train.batch"] == "default");
  BOOST_TEST(plan.origins["data.limit"] == "--limit");
  BOOST_TEST(plan.origins["train.epochs"].get<std::string>().ends_with("study.lua:3 (profile quick)"));
  BOOST_TEST(plan.origins["entity.sampler.negatives"].get<std::string>().starts_with("recipes/spert.lua:"));
  BOOST_TEST(plan.arguments ==
                 (Texts{"--profile", "quick", "--set", "train.lr=0.001", "--set", "entity.loss.classify=bce",
                        "--set", "relation.head.outputs=classify", "--seeds", "4", "--limit", "9"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_profile_may_have_its_own_space_and_seeds) {
  const std::string fields =
      "seeds = { 1, 2, 3 }, space = lab.grid { ['entity.sampler.negatives'] = { 10, 20, 30, 40 } },"
      " profiles = { quick = { ['train.epochs'] = 1, seeds = { 7 }, space = lab.grid { "
      "['entity.sampler.negatives'] = { 10, 40 } } },"
      " other = { ['train.epochs'] = 2 } }";
  BOOST_TEST(plan_of(fields).trials.size() == 12u);
  const Plan quick = plan_of(fields, {.profile = "quick"});
  BOOST_TEST(labels(quick) == (Texts{"negatives=10", "negatives=40"}), boost::test_tools::per_element());
  BOOST_TEST(quick.seeds == (std::vector<std::int64_t>{7}), boost::test_tools::per_element());
  BOOST_TEST(quick.trials.at(0).configuration["train"]["epochs"] == 1);
  BOOST_TEST(plan_of(fields, {.profile = "quick", .seeds = {{8, 9}}}).trials.size() == 4u);
  BOOST_TEST(plan_of(fields, {.profile = "other"}).trials.size() == 12u);
}

BOOST_AUTO_TEST_CASE(scores_of_several_views_are_named_by_view) {
  const std::string data = "data = lab.data 'label_variation_overlap' { test = 'test_sci' }, ";
  const Overrides view{.set = {"entity.view=sci", "relation.view=sci"}};
  BOOST_TEST(plan_of(data + "report = { metrics = { 'sci.entity.f1', 'union.relation.boundary.f1' } }", view)
                 .report.metrics.size() == 2u);
  BOOST_TEST(plan_of(data + "seeds = { 1 }", view).report.metrics ==
                 (Texts{"sci.entity.f1", "sci.relation.boundary.f1"}),
             boost::test_tools::per_element());
  BOOST_CHECK_THROW(plan_of(data + "report = { metrics = { 'entity.f1' } }", view), Error);
  BOOST_CHECK_THROW(plan_of("report = { metrics = { 'union.entity.f1' } }"), Error);
}

BOOST_AUTO_TEST_CASE(metrics_have_defaults) {
  BOOST_TEST(plan_of("seeds = { 1 }").report.metrics == (Texts{"entity.f1", "relation.strict.f1"}),
             boost::test_tools::per_element());
  BOOST_TEST(plan_of("report = { metrics = { 'entity.macro.recall' } }").report.metrics ==
                 (Texts{"entity.macro.recall"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(ten_thousand_trials_are_planned_in_two_seconds) {
  const std::clock_t begin = std::clock();  // time of this process: others may keep the machine busy
  const Plan plan = plan_of(R"(seeds = { 1, 2, 3, 4, 5 }, space = (function()
    local negatives, rates = {}, {}
    for i = 1, 50 do negatives[i] = i; rates[i] = i * 1e-5 end
    return lab.product {
      lab.grid { ['entity.sampler.negatives'] = negatives }, lab.grid { ['train.lr'] = rates }
    }:where(function(p) return p.entity.sampler.negatives ~= 7 end)
  end)())");
  test::TemporaryFolder folder;
  write_plan(plan, folder.path() / "plan.jsonl");
  const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  BOOST_TEST_MESSAGE(plan.trials.size() << " trials planned and written in " << seconds << " s");
  BOOST_TEST(plan.trials.size() == 12250u);
  BOOST_TEST(seconds < 2.0);
}

BOOST_AUTO_TEST_SUITE_END()
