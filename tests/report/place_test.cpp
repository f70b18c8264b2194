// SPDX-License-Identifier: MIT
// A report is put in place as a whole, and over nothing that is not a report's.
#include <fstream>

#include "files/checksum.hpp"
#include "files/files.hpp"
#include "report/made_up_study.hpp"
#include "report/report.hpp"
#include "report/staged_report.hpp"
#include "spanlab/error.hpp"

namespace spanlab::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

void write_file(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file) << text;
}

/// What writing the study's report to `folder` says; empty if it was written.
std::string refusal(const MadeUpStudy& study, const fs::path& folder) {
  try {
    write_report(study.plan, study.store, folder);
    return "";
  } catch (const Error& error) {
    BOOST_TEST((error.kind() == ErrorKind::usage));
    return error.what();
  }
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// A study with three trials.
struct Small : MadeUpStudy {
  Small() {
    const std::size_t row = add_row("base", {});
    for (std::int64_t seed : {1, 2, 3}) finish(plan_trial(row, seed), 60, 50);
  }
};

}  // namespace

BOOST_AUTO_TEST_CASE(files_that_are_no_reports_are_not_replaced) {
  const Small study;
  TemporaryFolder folder;
  write_file(folder.path() / "table.tex", "mine");
  write_file(folder.path() / "charts/training-loss.vl.json", "mine too");
  write_file(folder.path() / "chapter.tex", "of no concern");
  const std::string said = refusal(study, folder.path());
  BOOST_TEST(holds(said, (folder.path() / "table.tex").string() + ": is there already"));
  BOOST_TEST(holds(said, "charts/training-loss.vl.json"));
  BOOST_TEST(holds(said, "--out"));
  BOOST_TEST(!holds(said, "chapter"));
  BOOST_TEST(read_file(folder.path() / "table.tex") == "mine");
  BOOST_TEST(!fs::exists(folder.path() / "report.md"));
  BOOST_TEST(std::distance(fs::directory_iterator(folder.path()), {}) == 3);
}

BOOST_AUTO_TEST_CASE(a_foreign_report_json_is_no_report) {
  const Small study;
  for (const char* text : {"{}", "[1]", "no json", R"({"study": "made-up"})"}) {
    TemporaryFolder folder;
    write_file(folder.path() / "report.json", text);
    BOOST_TEST(holds(refusal(study, folder.path()), "report.json: is there already"), text);
    BOOST_TEST(read_file(folder.path() / "report.json") == text);
  }
}

BOOST_AUTO_TEST_CASE(a_report_of_the_same_study_is_replaced_and_other_files_stay) {
  Small study;
  TemporaryFolder folder;
  write_file(folder.path() / "README.md", "mine");
  BOOST_TEST(refusal(study, folder.path()) == "");
  study.plan.question = "Another question?";
  BOOST_TEST(refusal(study, folder.path()) == "");
  BOOST_TEST(holds(read_file(folder.path() / "report.md"), "Another question?"));
  BOOST_TEST(read_file(folder.path() / "README.md") == "mine");
}

BOOST_AUTO_TEST_CASE(a_report_of_another_study_is_not_replaced) {
  Small study;
  TemporaryFolder folder;
  BOOST_TEST(refusal(study, folder.path()) == "");
  study.plan.study = "another";
  const std::string said = refusal(study, folder.path());
  BOOST_TEST(holds(said, "holds the report of study 'made-up', not of 'another'"));
  BOOST_TEST(holds(read_file(folder.path() / "report.md"), "# made-up"));
}

BOOST_AUTO_TEST_CASE(what_was_edited_in_a_report_is_not_lost) {
  Small study;
  TemporaryFolder folder;
  BOOST_TEST(refusal(study, folder.path()) == "");
  write_file(folder.path() / "table.tex", "edited");
  study.plan.question = "Another question?";
  BOOST_TEST(holds(refusal(study, folder.path()), "table.tex: was changed after the report was written"));
  BOOST_TEST(read_file(folder.path() / "table.tex") == "edited");
  BOOST_TEST(!holds(read_file(folder.path() / "report.md"), "Another question?"));
}

BOOST_AUTO_TEST_CASE(a_report_of_version_0_1_is_replaced) {
  const Small study;
  TemporaryFolder folder;
  BOOST_TEST(refusal(study, folder.path()) == "");
  json index = json::parse(read_file(folder.path() / "report.json"));
  index.erase("files");
  write_file(folder.path() / "report.json", index.dump());
  write_file(folder.path() / "table.tex", "% of an older program");
  BOOST_TEST(refusal(study, folder.path()) == "");
  BOOST_TEST(holds(read_file(folder.path() / "table.tex"), "booktabs"));
}

BOOST_AUTO_TEST_CASE(a_placing_that_was_cut_short_can_be_done_again) {
  Small study;
  TemporaryFolder folder;
  BOOST_TEST(refusal(study, folder.path()) == "");
  const std::string old_index = read_file(folder.path() / "report.json");
  const std::string old_table = read_file(folder.path() / "table.tex");
  study.plan.question = "Another question?";
  BOOST_TEST(refusal(study, folder.path()) == "");
  write_file(folder.path() / "report.json", old_index);  // it is placed last
  write_file(folder.path() / "table.tex", old_table);
  BOOST_TEST(refusal(study, folder.path()) == "");
  fs::remove(folder.path() / "report.json");  // the first placing of all
  BOOST_TEST(refusal(study, folder.path()) == "");
}

BOOST_AUTO_TEST_CASE(nothing_is_seen_of_a_report_that_is_not_complete) {
  TemporaryFolder folder;
  fs::path left;
  {
    StagedReport staged(folder.path());
    left = staged.folder();
    write_file(staged.folder() / "report.md", "half");
    BOOST_TEST(!fs::exists(folder.path() / "report.md"));
    StagedReport second(folder.path());
    BOOST_TEST(fs::exists(left));  // somebody works in it
  }
  BOOST_TEST(fs::is_empty(folder.path()));
  write_file(left / "report.md", "of a killed process");
  write_file(left / "lock", "");
  {
    StagedReport staged(folder.path());
  }
  BOOST_TEST(fs::is_empty(folder.path()));
}

BOOST_AUTO_TEST_CASE(the_run_store_is_the_programs_own) {
  const Small study;
  const fs::path folder = study.store.study_folder(study.plan.study) / "report";
  write_file(folder / "table.tex", "left by whoever");
  BOOST_TEST(refusal(study, folder) == "");
  BOOST_TEST(holds(read_file(folder / "table.tex"), "booktabs"));
}

BOOST_AUTO_TEST_CASE(a_drawing_is_taken_over_where_its_specification_is_the_same) {
  TemporaryFolder target;
  write_file(target.path() / "charts/a.vl.json", "{}");
  write_file(target.path() / "charts/a.svg", "drawn");
  const std::string sum = sha256_of_file(target.path() / "charts/a.svg");
  const json files{{"charts/a.vl.json", sha256_of_file(target.path() / "charts/a.vl.json")},
                   {"charts/a.svg", sum}};
  const json index{{"study", "s"}, {"tables", json::array()}, {"charts", {"a"}}, {"files", files}};
  write_file(target.path() / "report.json", index.dump());
  const auto taken = [&](const std::string& specification) {
    StagedReport staged(target.path());
    write_file(staged.folder() / "charts/a.vl.json", specification);
    staged.take_over({{"charts/a.vl.json", "charts/a.svg"}, {"charts/b.vl.json", "charts/b.svg"}});
    return fs::exists(staged.folder() / "charts/a.svg");
  };
  BOOST_TEST(taken("{}"));
  BOOST_TEST(!taken("{ }"));
  write_file(target.path() / "charts/a.svg", "painted over");
  BOOST_TEST(!taken("{}"));
}

}  // namespace spanlab::test
