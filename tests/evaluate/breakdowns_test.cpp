// SPDX-License-Identifier: MIT
#include "evaluate/breakdowns.hpp"

#include "evaluate/calibration.hpp"
#include "evaluate/ceiling.hpp"
#include "test.hpp"

namespace spanlab::test {
namespace {

const Inventory kMentionTypes{{{"A", "", false}, {"B", "", false}}, {{"R", "", false}}};

std::vector<Sentence> two_sentences() {
  Sentence first, second;
  first.words = {"Ada", "met", "Grace", "Hopper", "in", "Rome"};
  second.words = {"Grace", "Hopper", "sailed", "with", "a", "very", "old", "ship", "in", "May", "."};
  return {first, second};
}

// Of the first sentence: Ada is found, Grace Hopper's first name alone, Rome is missed. Of the second: Grace
// Hopper has the wrong type, "ship" is no entity.
const std::vector<Annotation> kMentions{{{{{0, 1}, 0}, {{2, 4}, 0}, {{5, 6}, 1}}, {{0, 1, 0}, {0, 2, 0}}},
                                        {{{{0, 2}, 0}, {{9, 10}, 1}}, {{0, 1, 0}}}};
const std::vector<Annotation> kFound{{{{{0, 1}, 0}, {{2, 3}, 0}}, {{0, 1, 0}}},
                                     {{{{0, 2}, 1}, {{7, 8}, 0}, {{9, 10}, 1}}, {{0, 2, 0}}}};

const Breakdown& named(const std::vector<Breakdown>& all, std::string_view name) {
  return *std::ranges::find(all, name, &Breakdown::name);
}

std::string text(const Breakdown& breakdown) {
  std::string line;
  for (const BreakdownPart& part : breakdown.parts) {
    if (part.empty()) continue;
    line += fmt::format("{}: {} {} {}; ", part.label, part.correct.size(), part.false_positives.size(),
                        part.false_negatives.size());
  }
  return line;
}

}  // namespace

BOOST_AUTO_TEST_CASE(entities_by_their_properties) {
  const std::vector<Sentence> corpus = two_sentences();
  const Mentions seen{"Ada", "Grace Hopper", "May"};
  const auto outcomes = entity_outcomes(kMentions, kFound, Overlap::allowed);
  const auto all = breakdowns(outcomes, {corpus, kMentionTypes, &seen});
  // correct, false positives, false negatives
  BOOST_TEST(text(named(all, "type")) == "A: 1 2 2; B: 1 1 1; ");
  BOOST_TEST(text(named(all, "width")) == "1: 2 2 1; 2: 0 1 2; ");
  BOOST_TEST(text(named(all, "sentence")) == "1–10: 1 1 2; 11–20: 1 2 1; ");
  BOOST_TEST(text(named(all, "mention")) == "seen: 2 1 2; unseen: 0 2 1; ");
  const BreakdownPart& seen_ones = named(all, "mention").parts[0];
  BOOST_TEST(seen_ones.score().precision == 200.0 / 3, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(seen_ones.score().recall == 50.0);
  BOOST_TEST(outcomes[seen_ones.false_positives[0]].sentence ==
             1u);  // what a number counts opens its sentence
  BOOST_TEST(breakdowns(outcomes, {corpus, kMentionTypes, nullptr}).size() == 3u);
}

BOOST_AUTO_TEST_CASE(relations_by_their_properties) {
  const std::vector<Sentence> corpus = two_sentences();
  const Mentions seen{"Ada", "Grace Hopper"};
  const auto outcomes =
      relation_outcomes(kMentions, kFound, kMentionTypes, Overlap::allowed, ArgumentTypes::compared);
  const auto all = breakdowns(outcomes, {corpus, kMentionTypes, &seen});
  BOOST_TEST(text(named(all, "type")) == "R: 0 2 3; ");
  BOOST_TEST(text(named(all, "distance")) == "1–2: 0 1 1; 3–5: 0 0 1; 6–10: 0 1 1; ");
  BOOST_TEST(text(named(all, "mentions")) == "both seen: 0 0 1; one seen: 0 2 2; ");
}

BOOST_AUTO_TEST_CASE(types_that_became_others) {
  const auto outcomes = entity_outcomes(kMentions, kFound, Overlap::allowed);
  const Confusion table = confusion(outcomes, kMentionTypes);
  BOOST_TEST(table.types == (std::vector<std::string>{"A", "B", "none"}), boost::test_tools::per_element());
  BOOST_TEST(table.cells[0][0].size() == 2u);  // Ada, and Grace without her last name
  BOOST_TEST(table.cells[0][1].size() == 1u);
  BOOST_TEST(table.cells[1][1].size() == 1u);
  BOOST_TEST(table.cells[1][2].size() == 1u);  // Rome
  BOOST_TEST(table.cells[2][0].size() == 1u);  // ship
  BOOST_TEST(table.cells[2][2].empty());
}

BOOST_AUTO_TEST_CASE(entities_that_are_not_found_bound_the_recall_of_relations) {
  const RelationCeiling strict =
      relation_ceiling(kMentions, kFound, kMentionTypes, Overlap::allowed, ArgumentTypes::compared);
  BOOST_TEST(strict.gold == 3);
  BOOST_TEST(strict.recall() == 0.0);
  const RelationCeiling boundary =
      relation_ceiling(kMentions, kFound, kMentionTypes, Overlap::allowed, ArgumentTypes::ignored);
  BOOST_TEST(boundary.recall() == 100.0 / 3, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(boundary.reachable.at(0).sentence == 1u);
  BOOST_TEST(boundary.on_found_arguments.correct == 1);
  BOOST_TEST(boundary.on_found_arguments.gold == 1);
}

BOOST_AUTO_TEST_CASE(precision_and_recall_over_thresholds) {
  JudgedItems items{{{0.9, true, 0}, {0.8, false, 0}, {0.8, true, 1}, {0.5, false, 1}}, 4};
  const std::vector<CurvePoint> curve = precision_recall_curve(items);
  BOOST_TEST(curve.size() == 3u);
  BOOST_TEST(curve[0].score.precision == 100.0);
  BOOST_TEST(curve[0].score.recall == 25.0);
  BOOST_TEST(curve[1].threshold == 0.8);
  BOOST_TEST(curve[1].predicted == 3);
  BOOST_TEST(curve[1].score.precision == 200.0 / 3, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(curve[2].score.precision == 50.0);
  BOOST_TEST(curve[2].score.recall == 50.0);
  BOOST_TEST(thinned(curve, 2).size() == 2u);
  BOOST_TEST(thinned(curve, 2)[1].threshold == 0.5);
  BOOST_TEST(precision_recall_curve({}).empty());
}

BOOST_AUTO_TEST_CASE(calibration_compares_scores_with_what_is_right) {
  // Bins of a half: two with mean 0.95, one right; two with mean 0.2, none right.
  const JudgedItems items{{{1.0, true, 0}, {0.9, false, 0}, {0.3, false, 0}, {0.1, false, 0}}, 4};
  const Calibration found = calibration(items, 2);
  BOOST_TEST(found.bins.size() == 2u);
  BOOST_TEST(found.bins[1].predicted == 2);
  BOOST_TEST(found.bins[1].correct == 1);
  BOOST_TEST(found.bins[0].mean_score == 0.2, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(found.expected_error == 0.5 * 0.45 + 0.5 * 0.2, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(calibration({}).expected_error == 0.0);
}

BOOST_AUTO_TEST_CASE(what_is_predicted_twice_has_its_higher_score) {
  const std::vector<Annotation> gold{{{{{0, 1}, 0}}, {}}};
  Prediction twice;
  twice.entities = {{{{0, 1}, 0}, 0.25F}, {{{0, 1}, 0}, 0.75F}};
  const JudgedItems items = judged_entities(gold, std::vector{twice}, Overlap::allowed);
  BOOST_TEST(items.predicted.size() == 1u);
  BOOST_TEST(items.predicted[0].score == 0.75);
  BOOST_TEST(items.predicted[0].correct);
}

}  // namespace spanlab::test
