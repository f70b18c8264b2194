// SPDX-License-Identifier: MIT
// What a report says of rows beside each other, by what the study claims.
#include "written.hpp"

namespace spanlab::test {
namespace {

/// Sentences with two to four gold entities each, of which a system finds some: the numbers that the expected
/// values were worked out from, outside this program.
CountsByDocument made_up_counts(std::int64_t system, std::int64_t seed, std::int64_t sentences) {
  CountsByDocument counts;
  ScoreCounts& entity = counts.scores["entity"];
  entity.types = {"A"};
  for (std::int64_t d = 0; d < sentences; ++d) {
    counts.documents.push_back("s" + std::to_string(d));
    const std::int64_t gold = 2 + d % 3, correct = std::min(gold, (d * (system + 1) + seed * 2 + system) % 4);
    const std::int64_t wrong = (d + seed + system) % 2;
    entity.entries.push_back({static_cast<std::int32_t>(d), 0, {correct, correct + wrong, gold}});
  }
  return counts;
}

double f1_of(const CountsByDocument& counts) {
  ItemCounts all;
  for (const ScoreCounts::Entry& entry : counts.scores.at("entity").entries) all += entry.counts;
  return percent(2 * all.correct, all.predicted + all.gold);
}

/// Two rows with the counts above.
struct TwoRows {
  explicit TwoRows(std::int64_t seeds = 3, std::int64_t sentences = 40) {
    study.plan.factors = {"entity.depth"};
    study.plan.report.baseline = {{"entity.depth", 0}};
    study.plan.report.metrics = {"entity.f1"};
    for (std::int64_t system : {0, 1}) {
      const std::size_t row = study.add_row(fmt::format("depth={}", system), {{"entity.depth", system}});
      for (std::int64_t seed = 0; seed < seeds; ++seed) {
        const CountsByDocument counts = made_up_counts(system, seed, sentences);
        const PlannedTrial trial = study.plan_trial(row, seed);
        study.finish(trial, f1_of(counts), 50);
        study.count(trial, counts);
      }
    }
  }

  /// What is said of the second row's first score.
  json difference() const {
    const json row = Written(study).data["tables"][0]["rows"][1];
    return row["scores"][study.plan.report.metrics[0]]["difference"];
  }

  MadeUpStudy study;
};

const auto kClose = boost::test_tools::tolerance(1e-9);

}  // namespace

BOOST_AUTO_TEST_CASE(a_claim_about_the_method_counts_seeds_and_texts) {
  const TwoRows rows;
  const json difference = rows.difference();
  BOOST_TEST(difference["claim"] == "method");
  BOOST_TEST(difference["procedure"] == "two_way_t_sum");
  BOOST_TEST(difference["texts"] == 40);
  BOOST_TEST(difference["text_unit"] == "sentence");
  BOOST_TEST(difference["mean"].get<double>() == 11.18957113566278, kClose);
  BOOST_TEST(difference["p"].get<double>() == 5.239141735094129e-09, kClose);
  BOOST_TEST(difference["interval"][0].get<double>() == 8.12444295279142, kClose);
  BOOST_TEST(difference["interval"][1].get<double>() == 14.25469931853414, kClose);
  BOOST_TEST(difference["verdict"] == "higher (8.1 to 14.3)");
  const Written written(rows.study);
  const json& answer = written.data["answers"].at(0);
  BOOST_TEST(answer["outcome"] == "supported");
  BOOST_TEST(
      answer["text"] ==
      "entity.f1: depth=1 is 11.2 points higher than depth=0 (95 % interval 8.1 to 14.3; 3 seeds each, 40 "
      "sentences).");
  BOOST_TEST(contains(written.text("report.md"), "is 11.2 points higher than depth=0"));
}

BOOST_AUTO_TEST_CASE(too_little_makes_no_claim) {
  const json few_seeds = TwoRows(2).difference();
  BOOST_TEST(!few_seeds.contains("p"));
  BOOST_TEST(few_seeds["verdict"] == "too few seeds for a claim about the method");
  const json few_texts = TwoRows(3, 39).difference();
  BOOST_TEST(!few_texts.contains("p"));
  BOOST_TEST(few_texts["verdict"] == "too few texts for a claim: 39 sentences");
  TwoRows macro;
  macro.study.plan.report.metrics = {"entity.macro.f1"};
  BOOST_TEST(contains(macro.difference()["reason"], "no ratio of counts"));
}

BOOST_AUTO_TEST_CASE(trained_models_can_be_compared_on_one_seed) {
  TwoRows rows(1);
  rows.study.plan.report.claim = Claim::models;
  const json difference = rows.difference();
  BOOST_TEST(difference["procedure"] == "document_randomisation");
  BOOST_TEST(difference["seeds"] == json({1, 1}));
  BOOST_TEST(difference["p"].get<double>() < 0.05);
  BOOST_TEST(difference["interval"][0].get<double>() > 0.0);
  BOOST_TEST(rows.difference() == difference);  // its draws are the same each time
}

BOOST_AUTO_TEST_CASE(where_nothing_varies_nothing_is_tested) {
  TwoRows rows;
  rows.study.plan.report.claim = Claim::test_set;
  rows.study.plan.report.metrics = {"relation.strict.f1"};  // 50 for every seed
  BOOST_TEST(rows.difference()["verdict"] == "no seed differs from another");
}

BOOST_AUTO_TEST_CASE(within_the_margin_rows_are_equal) {
  MadeUpStudy study;
  fill_two_by_two(study);
  study.plan.report.margin = 4.0;
  const json scores = Written(study).data["tables"][0]["rows"][1]["scores"];
  BOOST_TEST(scores["entity.f1"]["difference"]["outcome"] == "refuted");
  BOOST_TEST(scores["entity.f1"]["difference"]["margin"] == 4.0);
  BOOST_TEST(scores["entity.f1"]["difference"]["verdict"] == "equal within 4 (−1.3 to 3.9)");
}

BOOST_AUTO_TEST_CASE(a_study_without_a_baseline_claims_nothing) {
  TwoRows rows;
  rows.study.plan.report.baseline = nullptr;
  const json answers = Written(rows.study).data["answers"];
  BOOST_REQUIRE(answers.size() == 1u);
  BOOST_TEST(contains(answers[0]["text"], "depth=1 is highest with"));
  BOOST_TEST(!answers[0].contains("outcome"));
}

BOOST_AUTO_TEST_CASE(effect_sizes_stand_beside_when_asked_for) {
  TwoRows rows;
  rows.study.plan.report.effects = {Effect::cliffs_delta, Effect::probability_of_improvement,
                                    Effect::hedges_g};
  const json effects = rows.difference()["effects"];
  BOOST_TEST(effects["cliffs_delta"] == 1.0);
  BOOST_TEST(effects["probability_of_improvement"] == 1.0);
  BOOST_TEST(effects["hedges_g"].get<double>() > 5.0);
}

}  // namespace spanlab::test
