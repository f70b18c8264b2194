// SPDX-License-Identifier: MIT
#include "written.hpp"

namespace spanlab::test {

namespace {

std::vector<fs::path> files_below(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(fs::relative(entry.path(), folder));
  }
  std::ranges::sort(files);
  return files;
}

std::size_t display_width(const std::string& line) {
  return static_cast<std::size_t>(
      std::ranges::count_if(line, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

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
