// SPDX-License-Identifier: MIT
#include <map>
#include <set>

#include "plugins/spert_parts.hpp"
#include "spanlab/sampler.hpp"

namespace spanlab::test {

namespace {

const Sentence kDrawnFrom{"",
                          "",
                          {"a", "b", "c", "d", "e", "f"},
                          {{{{{0, 1}, 0}, {{2, 4}, 1}, {{5, 6}, 0}}, {{0, 1, 0}, {0, 1, 1}, {2, 1, 1}}}}};
const Inventory kDrawnTypes{{{"A", "A", false}, {"B", "B", false}}, {{"R", "R", false}, {"S", "S", true}}};

std::shared_ptr<Sampler> uniform(const std::map<std::string, Value>& given) {
  return components().sampler("uniform", parameters(ComponentKind::sampler, "uniform", given),
                              {HeadKind::spans, kDrawnTypes, {}});
}

}  // namespace

BOOST_AUTO_TEST_CASE(negative_spans_are_drawn_uniformly) {
  const auto sampler = uniform({{"negatives", std::int64_t{4}}, {"max_span_width", std::int64_t{3}}});
  Generator generator(1);
  std::map<Span, int> drawn;
  constexpr int kRounds = 3000;
  for (int round = 0; round < kRounds; ++round) {
    const SpanSample sample = sampler->sample_spans(kDrawnFrom, kDrawnFrom.views[0], generator);
    BOOST_REQUIRE(sample.spans.size() == 7u);
    BOOST_REQUIRE(sample.gold.size() == 3u);
    BOOST_REQUIRE(std::set<Span>(sample.spans.begin(), sample.spans.end()).size() == 7u);
    for (std::size_t i = 3; i < 7; ++i) ++drawn[sample.spans[i]];
  }
  BOOST_TEST(drawn.size() == 12u);  // 6 + 5 + 4 spans of up to three words, three of them gold
  for (const auto& [span, count] : drawn)
    BOOST_TEST(std::abs(count - kRounds / 3.0) < 5 * std::sqrt(kRounds * 2.0 / 9));
}

BOOST_AUTO_TEST_CASE(same_generator_same_sample) {
  const auto sampler = uniform({{"negatives", std::int64_t{5}}});
  Generator one(9), two(9);
  BOOST_TEST((sampler->sample_spans(kDrawnFrom, kDrawnFrom.views[0], one).spans ==
              sampler->sample_spans(kDrawnFrom, kDrawnFrom.views[0], two).spans));
}

BOOST_AUTO_TEST_CASE(pairs_older_and_newer_way) {
  Generator generator(1);
  auto sample = [&](const std::map<std::string, Value>& given) {
    const SpanSample spans{{{0, 1}, {2, 4}, {5, 6}, {1, 2}}, {{0}, {1}, {2}}};
    return uniform(given)->sample_pairs(kDrawnFrom, kDrawnFrom.views[0], kDrawnTypes, spans, generator);
  };
  // The third relation is symmetric and was given against text order: it stands as (1,2).
  const PairSample older = sample({});
  BOOST_TEST((older.pairs == std::vector<Pair>{{0, 1}, {0, 1}, {1, 2}, {0, 2}, {1, 0}, {2, 0}}));
  BOOST_TEST((older.gold == std::vector<GoldItems>{{0}, {1}, {2}}));
  const PairSample newer = sample({{"merge_types", true}, {"reverse_of_symmetric", true}});
  BOOST_TEST((newer.pairs == std::vector<Pair>{{0, 1}, {1, 2}, {0, 2}, {1, 0}, {2, 0}, {2, 1}}));
  BOOST_TEST((newer.gold == std::vector<GoldItems>{{0, 1}, {2}}));
  BOOST_TEST(sample({{"negatives", std::int64_t{1}}}).pairs.size() == 4u);
}

}  // namespace spanlab::test
