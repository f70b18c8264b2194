// SPDX-License-Identifier: MIT
// What a report has for a paper.
#include "written.hpp"

namespace spanlab::test {
namespace {

struct Paper : MadeUpStudy {
  Paper() { fill_two_by_two(*this); }
};

}  // namespace

BOOST_AUTO_TEST_CASE(tables_have_columns_for_numbers_with_their_deviation) {
  const std::string text = Written(Paper()).text("table.tex");
  BOOST_TEST(contains(text, "\\begin{tabular}{llS[table-format=2.2 \\pm 1.2]S[table-format=+1.2, "));
  BOOST_TEST(
      contains(text, "     &  & \\multicolumn{2}{c}{entity.f1} & \\multicolumn{2}{c}{relation.strict.f1} "));
  BOOST_TEST(contains(text, "\\cmidrule(lr){3-4}\\cmidrule(lr){5-6}"));
  BOOST_TEST(contains(text, "    20 & 0 & 81.25 \\pm 1.25 & {base} & 61.17 \\pm 1.26 & {base} & 3 \\\\"));
  BOOST_TEST(contains(text, "    100 & 0 & \\bfseries 84.42 \\pm 1.18 & {base} &"));
  BOOST_TEST(contains(text, "    20 & 1 & 82.58 \\pm 0.95 & +1.33 &"));
}

BOOST_AUTO_TEST_CASE(tables_have_the_columns_and_names_that_the_study_asks_for) {
  Paper study;
  study.plan.report.columns = {"entity.loss.identify.iou_factor", "relation.strict.f1"};
  study.plan.report.names = {{"relation.strict.f1", "Relations & more"},
                             {"entity.loss.identify.iou_factor", "factor"},
                             {"no logits", "without logits"}};
  const std::string text = Written(study).text("table.tex");
  BOOST_TEST(contains(text, "\\begin{tabular}{lS["));
  BOOST_TEST(contains(text, "\\multicolumn{2}{c}{Relations \\& more}"));
  BOOST_TEST(contains(text, "    {factor} & {mean} & {$\\Delta$} & {$n$} \\\\"));
  BOOST_TEST(contains(text, "    without logits & "));
  BOOST_TEST(!contains(text, "entity.f1"));
  BOOST_TEST(!contains(text, "negatives} &"));
}

BOOST_AUTO_TEST_CASE(charts_hold_their_data_for_pgfplots) {
  const Written written{Paper()};
  std::size_t charts = 0;
  for (const auto& entry : fs::directory_iterator(written.folder / "charts"))
    charts += entry.path().extension() == ".tex" ? 1 : 0;
  BOOST_TEST(charts == written.data["charts"].size());
  const std::string points = written.text("charts/entity.f1-by-entity.sampler.negatives.tex");
  BOOST_TEST(contains(points, "xticklabels={{20},{100}}"));
  BOOST_TEST(contains(points, "(-0.05,81.25) += (0,1.25) -= (0,1.25)"));
  BOOST_TEST(contains(points, "\\legend{{entity.loss.identify.iou\\_factor},{0},{1}}"));
}

BOOST_AUTO_TEST_CASE(methods_say_how_the_numbers_came_about) {
  MadeUpStudy study;
  study.environment = {{"versions", {{"LibTorch", "2.13.0"}}},
                       {"plugins", {{"spert", {{"version", "0.2.0"}}}}}};
  fill_two_by_two(study);
  const std::string text = Written(study).text("methods.tex");
  BOOST_TEST(contains(text, "by Spanlab (LibTorch 2.13.0, plugin spert 0.2.0)."));
  BOOST_TEST(contains(text, "Data: made-up: trained on train"));
  BOOST_TEST(contains(text, "Each configuration was trained 2 to 3 times"));
  BOOST_TEST(contains(text, "Seeds: 1, 2, 3."));
}

BOOST_AUTO_TEST_CASE(what_is_cited_is_among_the_references) {
  const Written written{Paper()};
  const std::string text = written.text("methods.tex"), references = written.text("references.bib");
  const std::string begin = "\\cite{";
  std::size_t cited = 0;
  for (std::size_t at = text.find(begin); at != text.npos; at = text.find(begin, at + 1), ++cited) {
    const std::string key = text.substr(at + begin.size(), text.find('}', at) - at - begin.size());
    BOOST_TEST(contains(references, "{" + key + ",\n"), key);
  }
  BOOST_TEST(cited > 0u);
}

BOOST_AUTO_TEST_CASE(the_checklist_says_what_the_store_does_not_know) {
  const std::string text = Written(Paper()).text("checklist.md");
  BOOST_TEST(contains(text, "- [x] Seeds: 1, 2, 3\n"));
  BOOST_TEST(
      contains(text, "- [ ] Average runtime for each approach: **unknown to the store:** the run times\n"));
  BOOST_TEST(contains(text, "- [x] Runs that failed or were left out: 3 planned trials have no result"));
  BOOST_TEST(contains(text, "- [x] Several runs for each configuration: 18 planned: 15 finished"));
  BOOST_TEST(contains(text, "- [ ] Versions of libraries: **unknown to the store:** they were not stored\n"));
  BOOST_TEST(contains(text, "- [x] Description of computing infrastructure: made-up, threads 1"));
}

BOOST_AUTO_TEST_CASE(the_checklist_says_what_a_study_does_not_do) {
  MadeUpStudy study;
  study.finish(study.plan_trial(study.add_row("alone", {}), 1), 80, 60);
  const std::string text = Written(study).text("checklist.md");
  BOOST_TEST(contains(text, "- [ ] Several runs for each configuration: **not met:** some rows have fewer"));
  BOOST_TEST(contains(text, "several comparisons: **not met:** nothing is tested\n"));
}

}  // namespace spanlab::test
