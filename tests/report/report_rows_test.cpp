// SPDX-License-Identifier: MIT
// What stands in the rows of a report.
#include "written.hpp"

namespace spanlab::test {

namespace {

const json& score_of(const Written& written, std::size_t table, std::size_t row, const std::string& metric) {
  return written.data["tables"].at(table)["rows"].at(row)["scores"].at(metric);
}

}  // namespace

// The expected numbers were worked out outside this program, with scipy.stats.ttest_ind.
BOOST_AUTO_TEST_CASE(rows_hold_mean_deviation_and_difference) {
  MadeUpStudy study;
  fill_two_by_two(study);
  Written written(study);
  BOOST_TEST(written.data["tables"].size() == 2u);
  const json& base = score_of(written, 0, 0, "entity.f1");
  BOOST_TEST(base["mean"].get<double>() == 81.25, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(base["deviation"].get<double>() == 1.25, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(!base.contains("difference"));
  const json& scaled = score_of(written, 0, 1, "entity.f1");
  BOOST_TEST(scaled["deviation"].get<double>() == 0.9464847243000456, boost::test_tools::tolerance(1e-12));
  const json& difference = scaled["difference"];
  BOOST_TEST(difference["seeds"] == json({3, 3}));
  BOOST_TEST(difference["claim"] == "test_set");
  BOOST_TEST(difference["procedure"] == "welch_t");
  BOOST_TEST(difference["mean"].get<double>() == 4.0 / 3, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(difference["interval"][0].get<double>() == -1.2545936136597375,
             boost::test_tools::tolerance(1e-9));
  BOOST_TEST(difference["interval"][1].get<double>() == 3.9212602803263947,
             boost::test_tools::tolerance(1e-9));
  BOOST_TEST(difference["p"].get<double>() == 0.21980956930936627, boost::test_tools::tolerance(1e-9));
  BOOST_TEST(difference["p_adjusted"].get<double>() >= difference["p"].get<double>());
  BOOST_TEST(difference["outcome"] == "undecided");
  BOOST_TEST(difference["verdict"] == "no difference larger than 3.9 shown");
  BOOST_TEST(written.data["tables"][0]["rows"][1]["compared_with"] == "negatives = 20, iou_factor = 0");
  BOOST_TEST(written.data["tables"][0]["rows"][3]["compared_with"] == "negatives = 100, iou_factor = 0");
}

BOOST_AUTO_TEST_CASE(seeds_are_independent_runs_and_may_differ_in_number) {
  MadeUpStudy study;
  fill_two_by_two(study);
  Written written(study);
  const json& partial = score_of(written, 0, 3, "entity.f1");
  BOOST_TEST(partial["n"] == 2);
  BOOST_TEST(!partial["seeds"].contains("3"));
  BOOST_TEST(partial["difference"]["seeds"] == json({2, 3}));
  BOOST_TEST(partial["difference"]["mean"].get<double>() == 83.5 - 253.25 / 3,
             boost::test_tools::tolerance(1e-9));
  BOOST_TEST(partial["difference"]["p"].get<double>() == 0.6526438081985615,
             boost::test_tools::tolerance(1e-9));
  const json& frozen = score_of(written, 1, 2, "relation.strict.f1");
  BOOST_TEST(frozen["mean"].get<double>() == 40.5, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(frozen["difference"]["interval"][0].get<double>() == -23.474333383579253,
             boost::test_tools::tolerance(1e-9));
  BOOST_TEST(frozen["difference"]["outcome"] == "supported");
  BOOST_TEST(frozen["difference"]["verdict"] == "lower (17.9 to 23.5)");
}

BOOST_AUTO_TEST_CASE(best_is_among_rows_without_missing_trials) {
  MadeUpStudy study;
  fill_two_by_two(study);
  Written written(study);
  BOOST_TEST(score_of(written, 0, 2, "relation.strict.f1")["best"] == true);
  BOOST_TEST(score_of(written, 0, 3, "relation.strict.f1")["best"] ==
             false);  // its mean is higher, of two seeds
}

BOOST_AUTO_TEST_CASE(of_false_positives_the_lowest_is_best) {
  MadeUpStudy study;
  fill_two_by_two(study);
  const std::string rate = "spans.false_positives.iou_50.rate";
  study.plan.report.metrics = {"entity.f1", rate};
  Written written(study);
  const json& rows = written.data["tables"][0]["rows"];
  double lowest = 100, highest = 0;
  for (std::size_t row : {0, 1, 2}) {  // the last one lacks a trial
    lowest = std::min(lowest, rows[row]["scores"][rate]["mean"].get<double>());
    highest = std::max(highest, rows[row]["scores"]["entity.f1"]["mean"].get<double>());
  }
  BOOST_TEST(10 * lowest < highest - 1);
  for (std::size_t row : {0, 1, 2}) {
    BOOST_TEST(rows[row]["scores"][rate]["best"] == (rows[row]["scores"][rate]["mean"] == lowest));
    BOOST_TEST(rows[row]["scores"]["entity.f1"]["best"] ==
               (rows[row]["scores"]["entity.f1"]["mean"] == highest));
  }
  BOOST_TEST(contains(written.text("report.md"),
                      "Bold: the best mean (of false positives the lowest, else the highest)"));
}

BOOST_AUTO_TEST_CASE(rows_of_different_evaluation_set_ups_stand_apart) {
  MadeUpStudy study;
  study.plan.factors = {"data.train", "entity.sampler.negatives"};
  study.plan.seeds = {1};
  study.plan.report.baseline = {{"data.train", "train"}};
  double score = 50;
  for (std::string train : {"train", "train+dev"}) {
    for (int count : {20, 100}) {
      std::size_t row = study.add_row(train + " " + std::to_string(count),
                                      {{"data.train", train}, {"entity.sampler.negatives", count}});
      study.finish(study.plan_trial(row, 1), score, score - 10);
      score += 5;
    }
  }
  Written written(study);
  const json& tables = written.data["tables"];
  BOOST_REQUIRE(tables.size() == 2u);
  BOOST_TEST(tables[0]["rows"].size() == 2u);
  BOOST_TEST(tables[0]["columns"] == json::array({"entity.sampler.negatives"}));
  BOOST_TEST(tables[0]["evaluation"] != tables[1]["evaluation"]);
  for (const json& table : tables) BOOST_TEST(table["comparisons"] == 0);
  BOOST_TEST(
      contains(written.text("report.md"), "## Results: made-up: trained on train+dev, scored on test"));
  BOOST_TEST(contains(written.data["setup"]["data"].get<std::string>(), "differs"));
}

BOOST_AUTO_TEST_CASE(a_component_that_varies_is_shown_by_id_and_what_differs) {
  MadeUpStudy study;
  const std::string slot = "entity.loss.identify";
  study.plan.factors = {slot};
  study.plan.report.baseline = {{slot, {{"component", "focal"}, {"gamma", 1}, {"alpha", 0.5}}}};
  std::vector<json> slots{{{"component", "focal"}, {"gamma", 1}, {"alpha", 0.5}},
                          {{"component", "focal"}, {"gamma", 2}, {"alpha", 0.5}},
                          {{"component", "bce"}, {"iou_factor", 0}}};
  for (const json& value : slots)
    study.finish(study.plan_trial(study.add_row("row", {{slot, value}}), 1), 60, 50);
  std::string text = Written(study).text("report.md");
  BOOST_TEST(contains(text, "| focal(gamma=1) |"));
  BOOST_TEST(contains(text, "| focal(gamma=2) |"));
  BOOST_TEST(contains(text, "| bce | 60.00 | 0.00 |"));
}

BOOST_AUTO_TEST_CASE(names_of_variants_and_ablations_are_explained) {
  MadeUpStudy study;
  study.plan.factors = {"system", "encoder.dropout"};
  for (const auto& [name, loss, dropout] :
       {std::tuple("plain", "bce", 0.1), std::tuple("other", "ranking", 0.1),
        std::tuple("other", "ranking", 0.2)}) {
    study.add_row(fmt::format("system={}, dropout={}", name, dropout), {{"encoder.dropout", dropout}});
    json& row = study.plan_trial(study.plan.rows.size() - 1, 1).configuration.edit();
    row["entity"]["loss"]["identify"]["component"] = loss;
    if (loss == std::string("ranking")) {
      row["entity"]["loss"]["identify"]["iou_factor"] = 1 - 0.8;  // 0.19999999999999996
      row["entity"]["loss"]["identify"]["gamma"] = 2;
      row["entity"]["loss"]["identify"]["several"] = "each";
      row["train"]["epochs"] = 9;
    }
    study.plan.rows.back().factors.push_back({"system", name});
  }
  study.plan.rows[0].base = true;
  study.plan_trial(study.add_row("no depth", {{"entity.depth", 7}}, "no depth"), 1);
  Written written(study);
  const std::string other =
      "entity.loss.identify=ranking(gamma=2, several=each); entity.loss.identify.iou_factor=0.2; "
      "train.epochs=9";
  const json expected = {
      {"system=plain", "entity.loss.identify=bce; entity.loss.identify.iou_factor=0; train.epochs=3"},
      {"system=other", other},
      {"base model", "entity.depth=0"},
      {"no depth", "entity.depth=7"}};
  BOOST_TEST(written.data["names"] == expected);
  BOOST_TEST(contains(written.text("report.md"), "| system=other | " + other + " |"));
  BOOST_TEST(written.data["tables"][0]["columns"] == json({"system", "encoder.dropout"}));
}

// The reading of a paper stands in the parameters of a component that only one of two systems has.
BOOST_AUTO_TEST_CASE(parameters_of_components_that_some_rows_lack_are_told) {
  MadeUpStudy study;
  study.plan.factors = {"system"};
  const std::string slot = "entity.loss.identify";
  const json ranking{{"component", "ranking"}, {"gamma", 2}, {"several", "each"}};
  for (const auto& [name, loss] : {std::pair<std::string, json>("plain", nullptr), {"other", ranking}}) {
    const std::size_t row = study.add_row("system=" + name, {});
    json& losses = study.plan_trial(row, 1).configuration.edit()["entity"]["loss"];
    losses = json::object();
    if (!loss.is_null()) losses["identify"] = loss;
    study.plan.rows.back().factors = json::array({json::array({"system", name})});
  }
  Written written(study);
  const json expected = {{"system=plain", slot + "=none"},
                         {"system=other", slot + "=ranking(gamma=2, several=each)"}};
  BOOST_TEST(written.data["names"] == expected);
  BOOST_TEST(written.data["parameters"][slot + ".component"] == "ranking (other), – (plain)");
  BOOST_TEST(written.data["parameters"][slot + ".gamma"] == "2 (other), – (plain)");
  BOOST_TEST(
      contains(written.text("report.md"), "| entity.loss.identify.several | each (other), – (plain) |"));
}

BOOST_AUTO_TEST_CASE(a_row_without_counterpart_has_a_dash) {
  MadeUpStudy study;
  study.plan.factors = {"entity.depth", "train.epochs"};
  study.plan.report.baseline = {{"entity.depth", 0}};
  for (auto [depth, epochs] : {std::pair{0, 3}, {1, 3}, {1, 5}}) {
    std::size_t row = study.add_row(std::to_string(depth) + "/" + std::to_string(epochs),
                                    {{"entity.depth", depth}, {"train.epochs", epochs}});
    study.finish(study.plan_trial(row, 1), 60 + depth + epochs, 50);
  }
  std::string text = Written(study).text("report.md");
  BOOST_TEST(contains(text, "| 0 | 3 | 63.00 | base |"));
  BOOST_TEST(contains(text, "| 1 | 3 | 64.00 | +1.00 |"));
  BOOST_TEST(contains(text, "| 1 | 5 | **66.00** | – |"));
}

}  // namespace spanlab::test
