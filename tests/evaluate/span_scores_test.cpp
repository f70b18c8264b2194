// SPDX-License-Identifier: MIT
#include "evaluate/span_scores.hpp"

#include "evaluate/annotation_union.hpp"
#include "evaluate/metrics.hpp"
#include "evaluate/score_path.hpp"
#include "spanlab/error.hpp"
#include "test.hpp"

namespace spanlab::test {

BOOST_AUTO_TEST_CASE(false_positives_by_overlap_with_the_nearest_gold_span) {
  // Words 0…11, gold [2,6) and, twice with two types, [8,9). Predictions: a gold one twice, [2,5) (¾), [4,8)
  // (⅓), [0,1) (0), [0,11) (wider).
  const std::vector<std::int32_t> words{12};
  const std::vector<Annotation> gold{{{{{2, 6}, 0}, {{8, 9}, 0}, {{8, 9}, 1}}, {}}};
  const std::vector<Annotation> predicted{
      {{{{2, 6}, 1}, {{2, 6}, 0}, {{2, 5}, 0}, {{4, 8}, 0}, {{0, 1}, 0}, {{0, 11}, 0}}, {}}};
  const SpanScores scores = score_spans(words, gold, predicted);
  BOOST_TEST(scores.gold == 2);
  BOOST_TEST(scores.predicted == 5);
  BOOST_TEST(scores.correct == 1);
  std::vector<std::int64_t> found, wider;
  std::int64_t negatives = 0;
  for (const SpanScores::Bucket& bucket : scores.buckets) {
    found.push_back(bucket.predicted);
    wider.push_back(bucket.wider);
    negatives += bucket.negatives;
  }
  BOOST_TEST((found == std::vector<std::int64_t>{1, 0, 1, 0, 1}));
  BOOST_TEST((wider == std::vector<std::int64_t>{0, 0, 1, 0, 0}));  // 4 of 11 words
  BOOST_TEST(negatives == 12 + 11 + 10 + 9 + 8 + 7 + 6 + 5 + 4 + 3 - 2);
  const ScoreTree tree = ScoreTree::Parts{{"spans", score_tree(scores)}};
  BOOST_TEST(find_score(tree, "spans.precision").value() == 20.0);
  BOOST_TEST(find_score(tree, "spans.recall").value() == 50.0);
  BOOST_TEST(find_score(tree, "spans.false_positives.iou_75.predicted").value() == 1.0);
  for (const std::string& path : span_score_paths())
    BOOST_TEST((find_score(tree, path).value() >= 0 && full_score_path(path) == path));
  BOOST_CHECK_THROW(full_score_path("spans.false_positives.iou_60.rate"), Error);
  BOOST_CHECK_THROW(score_spans(words, gold, {}), Error);
}

BOOST_AUTO_TEST_CASE(without_sentences_there_are_no_rates) {
  const ScoreTree tree = ScoreTree::Parts{{"spans", score_tree(score_spans({}, {}, {}))}};
  BOOST_TEST(find_score(tree, "spans.f1").value() == 0.0);
  BOOST_TEST(!find_score(tree, "spans.false_positives.iou_0.rate"));
}

BOOST_AUTO_TEST_CASE(union_of_two_tasks) {
  const Annotation a{{{{4, 5}, 0}, {{0, 2}, 0}}, {{0, 1, 1}, {1, 0, 0}}};
  const Annotation b{{{{0, 2}, 0}, {{2, 3}, 0}, {{4, 5}, 0}}, {{2, 0, 1}, {0, 1, 0}}};
  const Annotation both = annotation_union(a, b);
  BOOST_TEST((both.entities == std::vector<Entity>{{{0, 2}, 0}, {{2, 3}, 0}, {{4, 5}, 0}}));
  BOOST_TEST((both.relations == std::vector<Relation>{{0, 1, 0}, {0, 2, 0}, {2, 0, 1}}));
  const Annotation other_type = annotation_union({{{{0, 2}, 0}}, {}}, {{{{0, 2}, 1}}, {}});
  BOOST_TEST(other_type.entities.size() == 2u);
  BOOST_CHECK_THROW(unite(std::vector<Annotation>(1), {}), Error);
}

}  // namespace spanlab::test
