// SPDX-License-Identifier: MIT
#include "spanlab/tags.hpp"

#include "test.hpp"

namespace spanlab::test {

BOOST_AUTO_TEST_CASE(tags_hold_the_longest_of_overlapping_entities) {
  // 0-2 and 1-4 overlap, 1-4 is longer; 5-7 and 6-8 are equally long; the second of two equal entities goes.
  const Annotation annotation{{{{6, 8}, 0}, {{0, 2}, 1}, {{1, 4}, 0}, {{5, 7}, 1}, {{5, 7}, 2}}, {}};
  BOOST_TEST(taggable(annotation) == (std::vector<std::int32_t>{2, 3}), boost::test_tools::per_element());
  BOOST_TEST(to_tags(annotation, 8) == (std::vector<std::int64_t>{0, 1, 2, 2, 0, 3, 4, 0}),
             boost::test_tools::per_element());
  BOOST_TEST(taggable({}).empty());
  BOOST_TEST(to_tags({}, 0).empty());
}

BOOST_AUTO_TEST_CASE(an_inside_tag_that_continues_nothing_begins_an_entity) {
  const std::vector<std::int64_t> tags{2, 2, 4, 3, 0, 4};
  const std::vector<Entity> expected{{{0, 2}, 0}, {{2, 3}, 1}, {{3, 4}, 1}, {{5, 6}, 1}};
  BOOST_TEST((from_tags(tags) == expected));
  BOOST_TEST(from_tags({}).empty());
}

BOOST_AUTO_TEST_CASE(inside_follows_its_own_type_alone) {
  BOOST_TEST(may_follow(1, 2));
  BOOST_TEST(may_follow(2, 2));
  BOOST_TEST(may_follow(3, 1));
  BOOST_TEST(may_follow(-1, 0));
  BOOST_TEST(may_follow(-1, 3));
  BOOST_TEST(!may_follow(-1, 2));
  BOOST_TEST(!may_follow(0, 2));
  BOOST_TEST(!may_follow(1, 4));
}

BOOST_AUTO_TEST_CASE(intersection_over_union_in_words) {
  BOOST_TEST(iou({2, 5}, {2, 5}) == 1.0);
  BOOST_TEST(iou({0, 2}, {2, 5}) == 0.0);
  BOOST_TEST(iou({0, 4}, {2, 6}) == 2.0 / 6);
  BOOST_TEST(iou({0, 10}, {3, 4}) == 0.1);
}

}  // namespace spanlab::test
