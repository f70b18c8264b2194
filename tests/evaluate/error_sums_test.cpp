// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <map>
#include <random>

#include "evaluate/breakdowns.hpp"
#include "evaluate/calibration.hpp"
#include "evaluate/error_counts.hpp"
#include "evaluate/metrics.hpp"
#include "test.hpp"

namespace spanlab::test {
namespace {

const Inventory kSumTypes{{{"A", "", false}, {"B", "", false}, {"C", "", false}},
                          {{"R", "", false}, {"S", "", true}, {"T", "", false}, {"U", "", true}}};
constexpr std::int32_t kWords = 9;

/// Random annotations in few words, so that spans meet, repeat and nest.
class Maker {
 public:
  explicit Maker(unsigned seed) : random_(seed) {}

  int number(int least, int most) { return std::uniform_int_distribution<int>(least, most)(random_); }

  Entity entity() {
    const int begin = number(0, kWords - 1);
    return {{begin, number(begin + 1, std::min(kWords, begin + 4))}, number(0, 2)};
  }

  Annotation annotation() {
    Annotation made;
    for (int i = number(0, 6); i > 0; --i) made.entities.push_back(entity());
    const int last = static_cast<int>(made.entities.size()) - 1;
    for (int i = last < 0 ? 0 : number(0, 6); i > 0; --i)
      made.relations.push_back({number(0, last), number(0, last), number(0, 3)});
    return made;
  }

  /// The annotation with some of it changed, as a model's prediction is.
  Annotation near(Annotation annotation) {
    for (Entity& entity : annotation.entities) {
      if (number(0, 3) == 0) entity = this->entity();
      if (number(0, 3) == 0) entity.type = number(0, 2);
    }
    for (Relation& relation : annotation.relations) {
      if (number(0, 3) == 0) std::swap(relation.head, relation.tail);
      if (number(0, 3) == 0) relation.type = number(0, 3);
    }
    return annotation;
  }

 private:
  std::mt19937 random_;
};

struct Tally {
  std::int64_t correct = 0, positives = 0, negatives = 0;
  friend bool operator==(const Tally&, const Tally&) = default;
  friend std::ostream& operator<<(std::ostream& out, const Tally& tally) {
    return out << tally.correct << '/' << tally.positives << '/' << tally.negatives;
  }
};

/// Counts behind a score: its support, recall and precision say them.
Tally tally_of(const Score& score) {
  const auto correct = std::llround(score.recall * static_cast<double>(score.support) / 100);
  if (correct > 0) {
    const auto predicted = std::llround(100 * static_cast<double>(correct) / score.precision);
    return {correct, predicted - correct, score.support - correct};
  }
  return {0, -1, score.support};  // a precision of 0 hides how many were predicted
}

template <typename Outcome>
Tally tally_of(const std::vector<Outcome>& outcomes) {
  Tally tally;
  for (const Outcome& outcome : outcomes) {
    tally.correct += outcome.is_correct();
    tally.positives += !outcome.is_correct() && outcome.predicted;
    tally.negatives += !outcome.is_correct() && outcome.gold;
  }
  return tally;
}

/// The same counts, worked out here from the items themselves.
template <typename Item>
Tally tally_of(const std::vector<Item>& gold, const std::vector<Item>& predicted) {
  Tally tally;
  for (const Item& item : predicted)
    ++(std::ranges::find(gold, item) == gold.end() ? tally.positives : tally.correct);
  for (const Item& item : gold) tally.negatives += std::ranges::find(predicted, item) == predicted.end();
  return tally;
}

void check_against_score(Tally outcomes, const Score& score) {
  Tally scored = tally_of(score);
  if (scored.positives < 0) scored.positives = outcomes.positives;
  BOOST_TEST(outcomes == scored);
}

/// Each item stands in one part of a breakdown, and parts by type are the scores per type.
template <typename Outcome>
void check_breakdowns(const std::vector<Outcome>& outcomes, const BreakdownInput& input,
                      const ScoreTable& scores, std::size_t number) {
  const Tally all = tally_of(outcomes);
  const std::vector<Breakdown> found = breakdowns(std::span<const Outcome>(outcomes), input);
  BOOST_TEST(found.size() == number);
  for (const Breakdown& breakdown : found) {
    Tally sum;
    for (const BreakdownPart& part : breakdown.parts) {
      sum.correct += static_cast<std::int64_t>(part.correct.size());
      sum.positives += static_cast<std::int64_t>(part.false_positives.size());
      sum.negatives += static_cast<std::int64_t>(part.false_negatives.size());
      if (breakdown.name != "type" || part.empty()) continue;
      const Score got = part.score(), expected = scores.per_type.at(part.label);
      BOOST_TEST(got.f1 == expected.f1);
      BOOST_TEST(got.precision == expected.precision);
      BOOST_TEST(got.recall == expected.recall);
      BOOST_TEST(got.support == expected.support);
    }
    BOOST_TEST(sum == all, breakdown.name);
  }
}

template <typename Outcome>
void check_confusion(const std::vector<Outcome>& outcomes) {
  const Confusion table = confusion(std::span<const Outcome>(outcomes), kSumTypes);
  std::vector<std::size_t> seen;
  for (const auto& row : table.cells) {
    for (const OutcomeList& cell : row) seen.insert(seen.end(), cell.begin(), cell.end());
  }
  std::ranges::sort(seen);
  BOOST_TEST(seen.size() == outcomes.size());
  BOOST_TEST((std::ranges::unique(seen).begin() == seen.end()));
  BOOST_TEST(table.cells.back().back().empty());
}

struct Made {
  std::vector<Annotation> gold, predicted;
  std::vector<Sentence> sentences;
};

Made made(unsigned seed, std::size_t sentences) {
  Maker maker(seed);
  Made all;
  for (std::size_t i = 0; i < sentences; ++i) {
    all.gold.push_back(maker.annotation());
    all.predicted.push_back(maker.number(0, 1) == 0 ? maker.near(all.gold.back()) : maker.annotation());
    Sentence sentence;
    for (std::int32_t word = 0; word < kWords; ++word)
      sentence.words.push_back(std::string(1, static_cast<char>('a' + maker.number(0, 2))));
    all.sentences.push_back(std::move(sentence));
  }
  return all;
}

}  // namespace

BOOST_AUTO_TEST_CASE(errors_are_the_false_positives_and_negatives_of_the_score) {
  const Mentions seen{"a", "b b", "c a"};
  for (unsigned seed = 0; seed < 1500; ++seed) {
    const Made all = made(seed, 1 + seed % 4);
    const BreakdownInput input{all.sentences, kSumTypes, &seen};
    for (const Overlap overlap : {Overlap::allowed, Overlap::removed}) {
      const Scores scores = score(all.gold, all.predicted, kSumTypes, overlap);
      const auto entities = entity_outcomes(all.gold, all.predicted, overlap);
      check_against_score(tally_of(entities), scores.entity.micro);
      check_breakdowns(entities, input, scores.entity, 4);
      check_confusion(entities);
      for (const ArgumentTypes types : {ArgumentTypes::compared, ArgumentTypes::ignored}) {
        const ScoreTable& table =
            types == ArgumentTypes::compared ? scores.relation_strict : scores.relation_boundary;
        const auto relations = relation_outcomes(all.gold, all.predicted, kSumTypes, overlap, types);
        check_against_score(tally_of(relations), table.micro);
        check_breakdowns(relations, input, table, 4);
        check_confusion(relations);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(categories_hold_each_error_once) {
  const auto sum = [](const auto& errors) {
    Tally tally{static_cast<std::int64_t>(errors.correct.size())};
    for (const ErrorCategory& category : errors.categories) {
      tally.positives += static_cast<std::int64_t>(category.false_positives.size());
      tally.negatives += static_cast<std::int64_t>(category.false_negatives.size());
    }
    return tally;
  };
  for (unsigned seed = 0; seed < 500; ++seed) {
    const Made all = made(seed, 2);
    for (const Overlap overlap : {Overlap::allowed, Overlap::removed}) {
      const ErrorAnalysis analysis =
          analyse_errors(all.gold, all.predicted, overlap, {all.sentences, kSumTypes, nullptr});
      BOOST_TEST(sum(analysis.entity) == tally_of(analysis.entity.outcomes));
      BOOST_TEST(sum(analysis.strict.errors) == tally_of(analysis.strict.errors.outcomes));
      const Scores scores = score(all.gold, all.predicted, kSumTypes, overlap);
      check_against_score(sum(analysis.entity), scores.entity.micro);
      check_against_score(sum(analysis.strict.errors), scores.relation_strict.micro);
      check_against_score(sum(analysis.boundary.errors), scores.relation_boundary.micro);
      ErrorCounts twice;
      add(analysis, twice);
      add(analysis, twice);
      BOOST_TEST(twice.entity.all.score().f1 == scores.entity.micro.f1);
      BOOST_TEST(twice.strict.all.correct == 2 * tally_of(analysis.strict.errors.outcomes).correct);
    }
  }
}

BOOST_AUTO_TEST_CASE(each_item_stands_in_one_outcome) {
  for (unsigned seed = 0; seed < 1500; ++seed) {
    const Made all = made(seed, 1);
    for (const Overlap overlap : {Overlap::allowed, Overlap::removed}) {
      BOOST_TEST(tally_of(entity_outcomes(all.gold, all.predicted, overlap)) ==
                 tally_of(scored_entities(all.gold[0], overlap), scored_entities(all.predicted[0], overlap)));
      const auto items = [&](const Annotation& annotation) {
        return scored_relations(annotation, kSumTypes, overlap, ArgumentTypes::compared);
      };
      BOOST_TEST(
          tally_of(relation_outcomes(all.gold, all.predicted, kSumTypes, overlap, ArgumentTypes::compared)) ==
          tally_of(items(all.gold[0]), items(all.predicted[0])));
    }
  }
}

BOOST_AUTO_TEST_CASE(names_of_errors_say_what_they_are) {
  for (unsigned seed = 0; seed < 500; ++seed) {
    const Made all = made(seed, 2);
    for (const EntityOutcome& outcome : entity_outcomes(all.gold, all.predicted, Overlap::allowed)) {
      if (!outcome.predicted || !outcome.gold || outcome.is_correct()) continue;
      const bool span = outcome.predicted->span == outcome.gold->span;
      const bool type = outcome.predicted->type == outcome.gold->type;
      BOOST_TEST((outcome.error == EntityError::boundary) == (!span && type));
      BOOST_TEST((outcome.error == EntityError::type) == (span && !type));
      BOOST_TEST((outcome.error == EntityError::boundary_and_type) == (!span && !type));
      BOOST_TEST(overlap(outcome.predicted->span, outcome.gold->span));
    }
    for (const RelationOutcome& outcome :
         relation_outcomes(all.gold, all.predicted, kSumTypes, Overlap::allowed, ArgumentTypes::compared)) {
      const bool listed = std::ranges::find(kRelationErrors, outcome.kind()) != kRelationErrors.end();
      BOOST_TEST(listed != outcome.is_correct());
    }
  }
}

BOOST_AUTO_TEST_CASE(curves_end_at_the_score_and_the_ceiling_is_above_the_recall) {
  for (unsigned seed = 0; seed < 500; ++seed) {
    const Made all = made(seed, 3);
    Maker maker(seed);
    std::vector<Prediction> predicted;
    for (const Annotation& annotation : all.predicted) {
      Prediction& one = predicted.emplace_back();
      const auto any = [&] { return static_cast<float>(maker.number(0, 4)) / 4; };
      for (const Entity& entity : annotation.entities) one.entities.push_back({entity, any()});
      for (const Relation& relation : annotation.relations) one.relations.push_back({relation, any()});
    }
    for (const Overlap overlap : {Overlap::allowed, Overlap::removed}) {
      const Scores scores = score(all.gold, all.predicted, kSumTypes, overlap);
      const auto entities = precision_recall_curve(judged_entities(all.gold, predicted, overlap));
      if (!entities.empty()) BOOST_TEST(entities.back().score.f1 == scores.entity.micro.f1);
      const auto relations = precision_recall_curve(
          judged_relations(all.gold, predicted, kSumTypes, overlap, ArgumentTypes::compared));
      if (!relations.empty()) BOOST_TEST(relations.back().score.f1 == scores.relation_strict.micro.f1);
      for (std::size_t i = 1; i < entities.size(); ++i) {
        BOOST_TEST(entities[i].threshold < entities[i - 1].threshold);
        BOOST_TEST(entities[i].score.recall >= entities[i - 1].score.recall);
      }
      const RelationCeiling ceiling =
          relation_ceiling(all.gold, all.predicted, kSumTypes, overlap, ArgumentTypes::compared);
      BOOST_TEST(ceiling.gold == scores.relation_strict.micro.support);
      BOOST_TEST(ceiling.recall() >= scores.relation_strict.micro.recall);
    }
  }
}

}  // namespace spanlab::test
