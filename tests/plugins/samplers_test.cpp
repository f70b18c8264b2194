// SPDX-License-Identifier: MIT
#include "samplers/pools.hpp"

#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "plugins/spert_parts.hpp"
#include "spanlab/sampler.hpp"

namespace spanlab::test {

namespace {

using Given = std::map<std::string, Value>;

const Inventory kInventory{{{"A", "", false}, {"B", "", false}}, {{"R", "", false}, {"S", "", true}}};

// Ten words; entities [1,4) and [6,8); one relation.
const Sentence kSentence{
    "", "", {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"}, {{{{{1, 4}, 0}, {{6, 8}, 1}}, {{0, 1, 0}}}}};
const Annotation& kGold = kSentence.views[0];

std::shared_ptr<Sampler> sampler(const std::string& id, const Given& given, HeadKind kind = HeadKind::spans,
                                 std::vector<std::int64_t> gold = {}) {
  return components().sampler(id, parameters(ComponentKind::sampler, id, given),
                              {kind, kInventory, std::move(gold)});
}

PairSample pairs_of(const std::string& id, const Given& given, const SpanSample& spans,
                    const Annotation& gold = kGold, std::vector<std::int64_t> counts = {}) {
  Generator generator(5);
  return sampler(id, given, HeadKind::pairs, std::move(counts))
      ->sample_pairs(kSentence, gold, kInventory, spans, generator);
}

SpanSample with_negatives(std::int64_t count) {
  Generator generator(3);
  return sampler("uniform", {{"negatives", count}})->sample_spans(kSentence, kGold, generator);
}

// Written without the sampler's own functions: IoU of two spans by counting words.
double counted_iou(const Span& a, const Span& b) {
  int shared = 0, covered = 0;
  for (std::int32_t word = 0; word < 10; ++word) {
    const bool in_a = a.begin <= word && word < a.end, in_b = b.begin <= word && word < b.end;
    shared += in_a && in_b;
    covered += in_a || in_b;
  }
  return static_cast<double>(shared) / covered;
}

bool near(double count, double rounds, double probability) {
  return std::abs(count - rounds * probability) < 5 * std::sqrt(rounds * probability * (1 - probability)) + 1;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_small_draw_is_the_shuffle_of_a_large_one) {
  for (const std::int64_t count : {0, 1, 7, 124, 125, 500, 999, 1000, 2000}) {
    Generator one(count), two(count);
    std::vector<std::int64_t> shuffled(1000);
    std::iota(shuffled.begin(), shuffled.end(), 0);
    for (std::int64_t i = 0; i < count && count < 1000; ++i)
      std::swap(shuffled[i], shuffled[i + static_cast<std::int64_t>(two.below(1000 - i))]);
    shuffled.resize(std::min<std::int64_t>(count, 1000));
    std::ranges::sort(shuffled);
    BOOST_TEST((draw(1000, count, one) == shuffled), "count " << count);
  }
}

BOOST_AUTO_TEST_CASE(a_pool_numbers_every_pair_but_the_excluded) {
  const std::vector<Pair> excluded{{4, 9}, {2, 4}, {4, 9}, {7, 2}, {5, 4}};
  const PairPool pool({4, 2, 9, 7}, excluded);
  std::vector<Pair> wanted;
  for (std::int32_t head : {4, 2, 9, 7}) {
    for (std::int32_t tail : {4, 2, 9, 7}) {
      if (head != tail && std::ranges::find(excluded, Pair{head, tail}) == excluded.end())
        wanted.push_back({head, tail});
    }
  }
  std::vector<std::int64_t> all(static_cast<std::size_t>(pool.size()));
  std::iota(all.begin(), all.end(), 0);
  BOOST_TEST((pool.pairs(all) == wanted));
  BOOST_TEST(
      (pool.pairs(std::vector<std::int64_t>{1, 5, 8}) == std::vector<Pair>{wanted[1], wanted[5], wanted[8]}));
  BOOST_TEST(PairPool({3}, {}).size() == 0);
  BOOST_TEST(PairPool({}, {}).size() == 0);
}

BOOST_AUTO_TEST_CASE(weak_pairs_are_of_any_two_sampled_spans) {
  const SpanSample spans = with_negatives(20);
  const PairSample strong = pairs_of("uniform", {{"negatives", std::int64_t{100000}}}, spans);
  BOOST_TEST((strong.pairs == std::vector<Pair>{{0, 1}, {1, 0}}));
  const PairSample weak =
      pairs_of("uniform", {{"negatives", std::int64_t{100000}}, {"pairs", std::string("weak")}}, spans);
  BOOST_TEST(weak.pairs.size() == 22u * 21u);  // 22 spans, the gold pair among them
  BOOST_TEST(std::set<Pair>(weak.pairs.begin(), weak.pairs.end()).size() == weak.pairs.size());
  BOOST_TEST((weak.pairs.front() == Pair{0, 1} && weak.gold.size() == 1));
}

BOOST_AUTO_TEST_CASE(a_ratio_counts_from_the_positives_of_the_sentence) {
  const SpanSample spans = with_negatives(50);
  BOOST_TEST(spans.spans.size() == 52u);
  const auto negatives = [&](double ratio, const Annotation& gold) {
    const PairSample sample =
        pairs_of("uniform", {{"ratio", ratio}, {"pairs", std::string("weak")}}, spans, gold);
    return static_cast<std::int64_t>(sample.pairs.size() - sample.gold.size());
  };
  Annotation two = kGold, none = kGold;
  two.relations.push_back({1, 0, 0});
  none.relations.clear();
  BOOST_TEST(negatives(1, kGold) == 1);
  BOOST_TEST(negatives(30.5, two) == 61);
  BOOST_TEST(negatives(1000, kGold) == 1000);
  BOOST_TEST(negatives(1000, none) == 1000);           // as if it had one
  BOOST_TEST(negatives(10000, kGold) == 52 * 51 - 1);  // all there are
  BOOST_TEST(negatives(0, kGold) == 0);
}

BOOST_AUTO_TEST_CASE(hard_negatives_are_drawn_by_their_overlap) {
  const auto hard =
      sampler("hard", {{"negatives", std::int64_t{1}}, {"share", 1.0}, {"max_span_width", std::int64_t{3}}});
  std::map<Span, double> overlap, drawn;
  double sum = 0;
  for (std::int32_t begin = 0; begin < 10; ++begin) {
    for (std::int32_t end = begin + 1; end <= std::min(begin + 3, 10); ++end) {
      const Span span{begin, end};
      if (span == kGold.entities[0].span || span == kGold.entities[1].span) continue;
      overlap[span] = std::max(counted_iou(span, {1, 4}), counted_iou(span, {6, 8}));
      sum += overlap[span];
    }
  }
  Generator generator(11);
  constexpr int kRounds = 6000;
  for (int round = 0; round < kRounds; ++round)
    ++drawn[hard->sample_spans(kSentence, kGold, generator).spans.at(2)];
  for (const auto& [span, share] : overlap) {
    if (share == 0)
      BOOST_TEST(!drawn.contains(span));
    else
      BOOST_TEST(near(drawn[span], kRounds, share / sum),
                 span.begin << ".." << span.end << " " << drawn[span]);
  }
}

BOOST_AUTO_TEST_CASE(the_share_of_hard_negatives_is_kept_and_filled_up) {
  const auto overlapping = [](const SpanSample& sample) {
    return std::count_if(sample.spans.begin() + 2, sample.spans.end(), [](const Span& span) {
      return std::max(counted_iou(span, {1, 4}), counted_iou(span, {6, 8})) > 0;
    });
  };
  Generator generator(2);
  const auto sample = [&](std::int64_t count, double share) {
    return sampler("hard", {{"negatives", count}, {"share", share}, {"max_span_width", std::int64_t{2}}})
        ->sample_spans(kSentence, kGold, generator);
  };
  BOOST_TEST(overlapping(sample(8, 0.5)) >= 4);
  BOOST_TEST(overlapping(sample(8, 1.0)) == 8);
  const SpanSample all = sample(100, 1.0);  // 10 + 9 spans of at most two words, one of them gold
  BOOST_TEST(all.spans.size() == 2u + 18u);
  BOOST_TEST(std::set<Span>(all.spans.begin(), all.spans.end()).size() == all.spans.size());
  const PairSample pairs =
      pairs_of("hard", {{"negatives", std::int64_t{1}}, {"share", 1.0}, {"pairs", std::string("weak")}},
               {{{1, 4}, {6, 8}, {9, 10}}, {{0}, {1}}});
  BOOST_TEST(
      (pairs.pairs.size() == 2 &&
       (pairs.pairs[1].head == 0 || pairs.pairs[1].tail == 1)));  // it shares an argument with the gold pair
}

BOOST_AUTO_TEST_CASE(rare_types_are_repeated_until_all_are_as_frequent) {
  const auto copies = [&](const Given& given, std::vector<std::int64_t> counts, int rounds) {
    Generator generator(4);
    double first = 0, second = 0;
    const auto balanced = sampler("class_balanced", given, HeadKind::spans, std::move(counts));
    for (int round = 0; round < rounds; ++round) {
      const SpanSample sample = balanced->sample_spans(kSentence, kGold, generator);
      for (std::size_t i = 0; i < sample.gold.size(); ++i) {
        BOOST_TEST((sample.spans[i] == kGold.entities[sample.gold[i].front()].span));
        ++(sample.gold[i].front() == 0 ? first : second);
      }
    }
    return std::pair(first / rounds, second / rounds);
  };
  BOOST_TEST((copies({}, {100, 20}, 1) == std::pair(1.0, 5.0)));
  BOOST_TEST((copies({{"max_copies", std::int64_t{3}}}, {100, 20}, 1) == std::pair(1.0, 3.0)));
  BOOST_TEST((copies({{"power", 0.0}}, {100, 20}, 1) == std::pair(1.0, 1.0)));
  BOOST_TEST((copies({}, {0, 20}, 1) == std::pair(1.0, 1.0)));  // a type that does not occur
  const auto [first, second] = copies({{"power", 0.5}}, {100, 20}, 4000);
  BOOST_TEST(first == 1.0);
  BOOST_TEST(std::abs(second - std::sqrt(5.0)) <
             5 * 0.43 / std::sqrt(4000.0));  // 2 or 3, deviation sqrt(0.236 · 0.764)
  const PairSample pairs = pairs_of("class_balanced", {}, with_negatives(0), kGold, {10, 40});
  BOOST_TEST((pairs.pairs == std::vector<Pair>{{0, 1}, {0, 1}, {0, 1}, {0, 1}, {1, 0}}));
}

BOOST_AUTO_TEST_CASE(all_candidates) {
  Generator generator(1);
  const auto all = sampler("all", {{"max_span_width", std::int64_t{4}}});
  const SpanSample spans = all->sample_spans(kSentence, kGold, generator);
  BOOST_TEST(spans.spans.size() == 10u + 9 + 8 + 7);
  BOOST_TEST(pairs_of("all", {}, spans).pairs.size() == 2u);
  BOOST_TEST(pairs_of("all", {{"pairs", std::string("weak")}}, spans).pairs.size() == 34u * 33u);
  // Of overlapping entities tags hold the longest; relations of the others go.
  const Annotation nested{{{{0, 1}, 0}, {{0, 3}, 0}, {{5, 6}, 1}}, {{0, 2, 0}, {1, 2, 0}, {1, 2, 1}}};
  const SpanSample words = all->sample_words(kSentence, nested);
  BOOST_TEST((words.spans == std::vector<Span>{{0, 3}, {5, 6}}));
  BOOST_TEST((words.gold == std::vector<GoldItems>{{1}, {2}}));
  const PairSample pairs = pairs_of("all", {}, words, nested);
  BOOST_TEST((pairs.pairs == std::vector<Pair>{{0, 1}, {1, 0}}));
  BOOST_TEST((pairs.gold == std::vector<GoldItems>{{1, 2}}));
}

}  // namespace spanlab::test
