// SPDX-License-Identifier: MIT
#include "report/report.hpp"

#include <fstream>
#include <set>
#include <sstream>

#include "files/files.hpp"
#include "report/content.hpp"
#include "report/made_up_study.hpp"
#include "spanlab/error.hpp"

namespace spanlab::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// Writes the report and gives back its folder and report.json.
struct Written {
  explicit Written(const MadeUpStudy& study) : folder(temporary.path() / "report") {
    write_report(study.plan, study.store, folder);
    data = json::parse(read_file(folder / "report.json"));
  }
  std::string text(const std::string& name) const { return read_file(folder / name); }

  TemporaryFolder temporary;
  fs::path folder;
  json data;
};

std::vector<fs::path> files_below(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(fs::relative(entry.path(), folder));
  }
  std::ranges::sort(files);
  return files;
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

const json& score_of(const Written& written, std::size_t table, std::size_t row, const std::string& metric) {
  return written.data["tables"].at(table)["rows"].at(row)["scores"].at(metric);
}

std::size_t display_width(const std::string& line) {
  return static_cast<std::size_t>(
      std::ranges::count_if(line, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

// The expected numbers were worked out outside this program, with the closed forms of Student's quantiles:
// 0.95 √(2 / (1 - 0.95²)) for 2 degrees of freedom, tan(0.475 π) for 1.
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
  BOOST_TEST(scaled["difference"]["n"] == 3);
  BOOST_TEST(scaled["difference"]["mean"].get<double>() == 4.0 / 3, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(scaled["difference"]["interval"][0].get<double>() == -0.5639581834650471,
             boost::test_tools::tolerance(1e-12));
  BOOST_TEST(scaled["difference"]["interval"][1].get<double>() == 3.2306248501317136,
             boost::test_tools::tolerance(1e-12));
  BOOST_TEST(scaled["difference"]["p"].get<double>() == 0.25);
  BOOST_TEST(scaled["difference"]["p_holm"].get<double>() == 1.0);
  BOOST_TEST(written.data["tables"][0]["rows"][1]["compared_with"] == "negatives = 20, iou_factor = 0");
  BOOST_TEST(written.data["tables"][0]["rows"][3]["compared_with"] == "negatives = 100, iou_factor = 0");
}

BOOST_AUTO_TEST_CASE(only_seeds_of_both_rows_are_compared) {
  MadeUpStudy study;
  fill_two_by_two(study);
  Written written(study);
  const json& partial = score_of(written, 0, 3, "entity.f1");
  BOOST_TEST(partial["n"] == 2);
  BOOST_TEST(!partial["seeds"].contains("3"));
  BOOST_TEST(partial["difference"]["n"] == 2);
  BOOST_TEST(partial["difference"]["mean"].get<double>() == -0.25, boost::test_tools::tolerance(1e-12));
  const json& frozen = score_of(written, 1, 2, "relation.strict.f1");
  BOOST_TEST(frozen["mean"].get<double>() == 40.5, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(frozen["difference"]["mean"].get<double>() == -20.75, boost::test_tools::tolerance(1e-12));
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

BOOST_AUTO_TEST_CASE(trials_without_a_result_are_listed) {
  MadeUpStudy study;
  fill_two_by_two(study);
  Written written(study);
  std::map<std::string, std::string> reasons;
  for (const json& trial : written.data["trials_without_result"]) reasons[trial["row"]] = trial["reason"];
  BOOST_TEST(reasons.size() == 3u);
  BOOST_TEST(reasons["negatives = 100, iou_factor = 1"] == "not started");
  BOOST_TEST(reasons["no logits"] == "step 17: loss 'entity' is nan\nsee log.txt");
  BOOST_TEST(reasons["frozen encoder"] == "interrupted at step 12 of 30");
}

BOOST_AUTO_TEST_CASE(markdown_is_the_golden_one) {
  MadeUpStudy study;
  fill_two_by_two(study);
  Written written(study);
  std::string got = written.text("report.md");
  fs::path golden = source_folder() / "tests/report/golden/report.md";
  if (std::getenv("SPANLAB_WRITE_GOLDEN")) std::ofstream(golden) << got;
  BOOST_TEST(got == read_file(golden));
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
  BOOST_TEST(contains(text, "| bce | **60.00** | 0.00 |"));
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

BOOST_AUTO_TEST_CASE(nothing_of_the_machine_and_no_time_gets_into_files_that_are_committed) {
  MadeUpStudy study;
  fill_two_by_two(study);
  study.environment["plugins"] = "/home/someone/lib/x.so";
  study.finish(study.plan_trial(0, 4), 80, 60);
  Written written(study);
  Written again(study);
  for (const fs::path& file : files_below(written.folder)) {
    std::string text = written.text(file.string());
    for (const std::string& part :
         std::vector<std::string>{"secret-host", "/home/", "2026-01-02", study.store.root().string()}) {
      BOOST_TEST(!contains(text, part), file << " holds " << part);
    }
    BOOST_TEST(text == again.text(file.string()), file << " differs from one writing to the next");
  }
  BOOST_TEST(written.data["provenance_differences"]["plugins"].contains("x.so"));
}

BOOST_AUTO_TEST_CASE(fields_that_divide_the_trials_alike_share_their_lines) {
  MadeUpStudy study;
  const std::size_t row = study.add_row("base", {});
  for (std::int64_t seed : {1, 2}) {
    for (const char* field : {"core", "plugins.a", "plugins.b", "plugins.c"})
      study.environment[field] = fmt::format("{}-{}", field, seed);
    study.environment["threads"] = seed == 1 ? 1 : 2;
    study.finish(study.plan_trial(row, seed), 60, 50);
  }
  study.environment["threads"] = 1;
  study.finish(study.plan_trial(row, 3), 60, 50);
  Written written(study);
  const std::string text = written.text("report.md");
  BOOST_TEST(contains(text, "| core, plugins.a and 2 more | core-1, plugins.a-1 and 2 more | base seed 1 |"));
  BOOST_TEST(contains(
      text, "| core, plugins.a and 2 more | core-2, plugins.a-2 and 2 more | base seed 2, base seed 3 |"));
  BOOST_TEST(contains(text, "| threads | 2 | base seed 2 |"));
  BOOST_TEST(written.data["provenance_differences"]["plugins.c"]["plugins.c-2"] ==
             "base seed 2, base seed 3");
}

BOOST_AUTO_TEST_CASE(charts_of_an_earlier_report_go_and_other_files_stay) {
  MadeUpStudy study;
  fill_two_by_two(study);
  Written written(study);
  BOOST_TEST(fs::exists(written.folder / "charts/entity.f1-by-entity.sampler.negatives.vl.json"));
  std::ofstream(written.folder / "charts/mine.svg") << "mine";
  study.plan.report.metrics = {"relation.boundary.f1"};
  write_report(study.plan, study.store, written.folder);
  BOOST_TEST(!fs::exists(written.folder / "charts/entity.f1-by-entity.sampler.negatives.vl.json"));
  BOOST_TEST(fs::exists(written.folder / "charts/relation.boundary.f1-by-entity.sampler.negatives.vl.json"));
  BOOST_TEST(fs::exists(written.folder / "charts/mine.svg"));
}

BOOST_AUTO_TEST_CASE(charts_hold_every_seed_and_the_deviation) {
  MadeUpStudy study;
  fill_two_by_two(study);
  Written written(study);
  json spec = json::parse(written.text("charts/entity.f1-by-entity.sampler.negatives.vl.json"));
  BOOST_TEST(spec["datasets"]["seeds"].size() == 11u);  // 4 rows × 3 seeds, one not started
  BOOST_TEST(spec["datasets"]["means"].size() == 4u);
  BOOST_TEST(spec["datasets"]["means"][0]["low"].get<double>() == 80.0, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(spec["datasets"]["means"][0]["high"].get<double>() == 82.5, boost::test_tools::tolerance(1e-12));
}

BOOST_AUTO_TEST_CASE(the_loss_curve_is_that_of_the_weighted_total_with_the_terms_beside_it) {
  MadeUpStudy study;
  fill_two_by_two(study);
  Written written(study);
  const json total = json::parse(written.text("charts/training-loss.vl.json"));
  BOOST_TEST(total["datasets"]["curves"].size() == 12u);  // 4 rows × 3 epochs
  BOOST_TEST(total["datasets"]["curves"][0]["mean"].get<double>() == 3.02,
             boost::test_tools::tolerance(1e-12));
  BOOST_TEST(total["datasets"]["curves"][0]["high"].get<double>() == 3.03,
             boost::test_tools::tolerance(1e-12));
  const json term = json::parse(written.text("charts/training-loss-of-relation.classify.vl.json"));
  BOOST_TEST(term["title"]["text"] == "Training loss of relation.classify");
  BOOST_TEST(term["datasets"]["curves"][0]["mean"].get<double>() == 1.02,
             boost::test_tools::tolerance(1e-12));
  for (const json& chart : {total, term})
    BOOST_TEST(!contains(chart["title"]["subtitle"].get<std::string>(), "0.1"));
  BOOST_TEST(fs::exists(written.folder / "charts/training-loss-of-entity.classify-ablations.vl.json"));
}

BOOST_AUTO_TEST_CASE(losses_that_were_stored_without_their_total_stand_alone) {
  MadeUpStudy study;
  study.totals = false;
  fill_two_by_two(study);
  Written written(study);
  BOOST_TEST(!fs::exists(written.folder / "charts/training-loss.vl.json"));
  const json term = json::parse(written.text("charts/training-loss-of-entity.classify.vl.json"));
  BOOST_TEST(term["datasets"]["curves"][0]["mean"].get<double>() == 1.0);
  BOOST_TEST(contains(term["title"]["subtitle"].get<std::string>(), "0.1 stored no weighted sum"));
}

// A type that does not occur has no score; a metric that is none is no such thing.
BOOST_AUTO_TEST_CASE(a_metric_that_is_no_score_path_is_told) {
  MadeUpStudy study;
  fill_two_by_two(study);
  study.plan.report.metrics = {"entity.per_type.absent.f1", "other.entity.f1"};
  const Report report = build_report(study.plan, study.store, "");
  for (const TrialResult& trial : report.trials) BOOST_TEST((!trial.scores[0] && !trial.scores[1]));
  BOOST_TEST((report.trials[0].ending == TrialEnding::finished));
  study.plan.report.metrics = {"entity.fscore"};
  BOOST_CHECK_EXCEPTION(build_report(study.plan, study.store, ""), Error, [](const Error& error) {
    return error.kind() == ErrorKind::usage && contains(error.what(), "entity.fscore: not a score");
  });
}

BOOST_AUTO_TEST_CASE(terminal_tables_fit) {
  MadeUpStudy study;
  fill_two_by_two(study);
  std::string wide = terminal_table(study.plan, study.store, 80);
  BOOST_TEST(
      contains(wide, "100        0           84.42 ± 1.18*   base       65.17 ± 1.26*   base       3"));
  for (int columns : {30, 40, 60, 80}) {
    std::stringstream lines(terminal_table(study.plan, study.store, columns));
    for (std::string line; std::getline(lines, line);) {
      BOOST_TEST(display_width(line) <= static_cast<std::size_t>(std::max(columns, 40)), line);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_study_that_has_not_begun_has_a_report) {
  MadeUpStudy study;
  study.plan.factors = {"entity.depth"};
  for (int depth : {0, 1})
    study.plan_trial(study.add_row("depth = " + std::to_string(depth), {{"entity.depth", depth}}), 1);
  Written written(study);
  BOOST_TEST(contains(written.text("report.md"), "| 0 | – | – | 0 of 1 |"));
  BOOST_TEST(written.data["trials_without_result"].size() == 2u);
  BOOST_TEST(written.data["charts"].empty());
}

}  // namespace spanlab::test
