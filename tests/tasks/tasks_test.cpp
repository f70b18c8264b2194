// SPDX-License-Identifier: MIT
// What kinds of tasks have in common: targets from gold items, and predictions from decisions.
#include "tasks/batch_prediction.hpp"
#include "tasks/sample.hpp"
#include "tasks/strongest_pairs.hpp"
#include "test.hpp"

namespace spanlab::test {

namespace {

Decision entity(std::int64_t sentence, Span span, std::int32_t type) {
  return {0, sentence, span, type, 0.5f};
}

// About the pair `row` of sentence 0.
Decision relation(std::int64_t row, float score) { return {row, 0, {}, 0, score}; }

}  // namespace

BOOST_AUTO_TEST_SUITE(tasks)

BOOST_AUTO_TEST_CASE(targets_come_from_gold_items) {
  const std::vector<Entity> items{{{0, 1}, 2}, {{0, 1}, 0}, {{1, 2}, 1}};
  const GoldTypes gold = types_of({{0, 1}, {2}}, 4, items);
  BOOST_TEST((first_types(gold) == std::vector<std::int64_t>{2, 1, -1, -1}));
  BOOST_TEST((hard_targets(gold, 3) == std::vector<float>{1, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0}));
}

BOOST_AUTO_TEST_CASE(a_sample_is_read_in_its_own_form) {
  TaskSample sample;
  sample.drawn = std::make_shared<DrawnPairs>(PairSample{{{0, 1}}, {}});
  BOOST_TEST(sample.as<DrawnPairs>().sample.pairs.size() == 1u);
  BOOST_TEST(sample.drawn->spans() == nullptr);
  BOOST_CHECK_THROW(sample.as<DrawnSpans>(), std::bad_cast);
}

BOOST_AUTO_TEST_CASE(entities_are_put_in_order_and_relations_follow_them) {
  BatchPrediction batch(3);
  const std::vector<Decision> found{entity(0, {4, 5}, 1), entity(0, {0, 2}, 0), entity(2, {1, 2}, 0),
                                    entity(0, {0, 1}, 1)};
  batch.add_entities(found);
  batch.add_relation({0, 3}, {0, 0, {}, 1, 0.9f}, true);   // the earlier span becomes the head
  batch.add_relation({3, 0}, {1, 0, {}, 1, 0.8f}, true);   // the same, which is there already
  batch.add_relation({0, 3}, {2, 0, {}, 0, 0.7f}, false);  // has a direction
  batch.leave_out(2, 5);
  const std::vector<Prediction> all = batch.finish();
  BOOST_REQUIRE(all.size() == 3u);
  BOOST_TEST((all[0].annotation().entities == std::vector<Entity>{{{0, 1}, 1}, {{0, 2}, 0}, {{4, 5}, 1}}));
  BOOST_TEST((all[0].annotation().relations == std::vector<Relation>{{0, 2, 1}, {2, 0, 0}}));
  BOOST_TEST(all[0].relations[0].score == 0.9f);
  BOOST_TEST(all[1].entities.empty());
  BOOST_TEST(all[2].entities.size() == 1u);
  BOOST_TEST(all[2].relations_left_out == 5);
}

BOOST_AUTO_TEST_CASE(the_strongest_pairs_stay_in_order) {
  StrongestPairs pairs(1, 2);
  for (const auto& [row, score] :
       std::vector<std::pair<std::int64_t, float>>{{5, 0.6f}, {0, 0.9f}, {7, 0.6f}, {1, 0.5f}, {2, 0.6f}})
    pairs.add(relation(row, score), {static_cast<std::int32_t>(row), 0});
  const auto found = pairs.finish();
  BOOST_REQUIRE(found->decisions.size() == 2u);
  BOOST_TEST(found->decisions[0].row == 0);
  BOOST_TEST(found->decisions[1].row == 2);  // of equal ones the first
  BOOST_TEST(found->pairs[1].head == 2);
  BOOST_TEST(found->left_out[0] == 3);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace spanlab::test
