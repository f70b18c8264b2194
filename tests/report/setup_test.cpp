// SPDX-License-Identifier: MIT
#include "report/content.hpp"
#include "report/made_up_study.hpp"

namespace spanlab::test {

namespace {

using nlohmann::json;

// The lines of the set-up whose names begin so.
Lines setup_lines(const MadeUpStudy& study, const std::string& beginning) {
  Lines lines;
  for (const auto& line : build_report(study.plan, study.store, "").setup) {
    if (line.first.starts_with(beginning)) lines.push_back(line);
  }
  return lines;
}

}  // namespace

BOOST_AUTO_TEST_CASE(parameters_stand_by_part_and_by_row_where_they_differ) {
  MadeUpStudy study;
  for (const int depth : {0, 1, 2}) {
    const std::size_t row = study.add_row(fmt::format("depth={}", depth), {{"entity.depth", depth}});
    for (const int seed : {1, 2}) {
      study.parameters = {{"encoder.word", 1200}, {"entity.head", 30 + 30 * std::min(depth, 1)}};
      if (depth > 0) study.parameters["entity.tower"] = 1234567;
      study.finish(study.plan_trial(row, seed), 50, 40);
    }
    if (depth == 0) {
      const Lines same{{"trained parameters", "1,230: encoder.word 1,200, entity.head 30"}};
      BOOST_TEST((setup_lines(study, "trained parameters") == same));
    }
  }
  const Lines expected{
      {"trained parameters that all rows have", "1,200: encoder.word 1,200"},
      {"trained parameters: depth=0", "1,230: entity.head 30"},
      {"trained parameters: depth=1; depth=2", "1,235,827: entity.head 60, entity.tower 1,234,567"}};
  BOOST_TEST((setup_lines(study, "trained parameters") == expected));
}

BOOST_AUTO_TEST_CASE(features_in_place_of_elmo_are_called_so) {
  MadeUpStudy study;
  const std::size_t row =
      study.add_row("base", {{"encoder.component", "birnn"}, {"encoder.context", "bert"}});
  study.plan_trial(row, 1).configuration.edit()["encoder"].erase("frozen");
  BOOST_TEST((setup_lines(study, "encoder") ==
              Lines{{"encoder", "birnn, frozen features of minilm (by bert) stand in for ELMo"}}));
  study.plan.trials[0].configuration.edit()["encoder"]["model"] = nullptr;
  BOOST_TEST((setup_lines(study, "encoder") == Lines{{"encoder", "birnn"}}));
}

BOOST_AUTO_TEST_CASE(parameters_that_differ_stand_with_the_rows_that_have_them) {
  MadeUpStudy study;
  const std::string negatives = "entity.sampler.negatives";
  study.plan.factors = {negatives, "entity.depth"};
  for (const int depth : {0, 1}) {
    for (const int count : {20, 100}) {
      const std::size_t row = study.add_row("point", {{negatives, count}, {"entity.depth", depth}});
      json& configuration = study.plan_trial(row, 1).configuration.edit();
      configuration["relation"]["depth"] = depth;
      if (depth > 0 && count > 20) configuration["relation"]["cell"] = "lstm";
    }
  }
  for (const std::string name : {"slow, 1", "slow, 2", "slow, 3", "slow, 4", "fast"}) {
    study.plan_trial(
        study.add_row(name, {{"train.lr", name == "fast" ? 1 : 1e-6}, {"entity.depth", 2}, {negatives, 20}},
                      name),
        1);
  }
  std::map<std::string, std::string> texts;
  for (const auto& [path, text] : build_report(study.plan, study.store, "").parameters) texts[path] = text;
  BOOST_TEST(texts["train.epochs"] == "3");
  BOOST_TEST(texts["train.lr"] == "1e-06 (slow, 1; slow, 2 and 2 more), 1 (fast), 5e-05 (4 other rows)");
  BOOST_TEST(texts[negatives] == "100, 20 (7 other rows)");
  BOOST_TEST(texts["entity.depth"] == "0, 1, 2 (5 other rows)");
  BOOST_TEST(texts["relation.depth"] == "0 (depth=0), 1 (depth=1), – (5 other rows)");
  BOOST_TEST(texts["relation.cell"] == "lstm (negatives=100, depth=1), – (8 other rows)");
}

}  // namespace spanlab::test
