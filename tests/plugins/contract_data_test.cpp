// SPDX-License-Identifier: MIT
// What every sampler and soft-labeler must keep, however it is set: the promises of sampler.hpp and
// labeler.hpp.
#include <algorithm>
#include <numeric>
#include <set>

#include "plugins/contract.hpp"
#include "spanlab/labeler.hpp"
#include "spanlab/sampler.hpp"

namespace spanlab::test::contract {

namespace {

// A tagging task's spans: no two overlap.
bool sampler_of_words(const Sampler& sampler, const Sentence& sentence) {
  return supports([&] {
    const Annotation& gold = sentence.views[0];
    const SpanSample sample = sampler.sample_words(sentence, gold);
    BOOST_TEST(sample.gold.size() == sample.spans.size());
    for (std::size_t i = 0; i < sample.spans.size(); ++i) {
      BOOST_TEST((gold.entities[sample.gold[i].front()].span == sample.spans[i]));
      for (std::size_t j = 0; j < i; ++j) BOOST_TEST(!overlap(sample.spans[i], sample.spans[j]));
    }
  });
}

bool sampler_of_spans(const Sampler& sampler, const Sentence& sentence) {
  return supports([&] {
    const Annotation& gold = sentence.views[0];
    Generator generator(3), same(3);
    const SpanSample sample = sampler.sample_spans(sentence, gold, generator);
    BOOST_TEST((sampler.sample_spans(sentence, gold, same).spans == sample.spans), "one seed, two samples");
    BOOST_TEST(sample.gold.size() == gold.entities.size());
    std::set<Span> positive;
    for (std::size_t i = 0; i < sample.spans.size(); ++i) {
      const Span& span = sample.spans[i];
      BOOST_TEST((0 <= span.begin && span.begin < span.end && span.end <= std::ssize(sentence.words)));
      if (i < sample.gold.size())
        BOOST_TEST((positive.insert(span), gold.entities[sample.gold[i].front()].span == span));
      else
        BOOST_TEST(!positive.contains(span), "a gold span is a negative");
    }
    const std::vector<Span> scored = sampler.evaluation_spans(sentence);
    BOOST_TEST(std::ranges::is_sorted(scored, {},
                                      [](const Span& span) { return std::pair(span.width(), span.begin); }));
  });
}

// The gold entities and, where there is room, a negative that a pair may have too.
SpanSample spans_of(const Sentence& sentence) {
  SpanSample spans;
  const Annotation& gold = sentence.views[0];
  for (std::size_t i = 0; i < gold.entities.size(); ++i)
    spans.spans.push_back(gold.entities[i].span), spans.gold.push_back({static_cast<std::int32_t>(i)});
  if (sentence.words.size() > 2) spans.spans.push_back({1, 3});
  return spans;
}

bool sampler_of_pairs(const Sampler& sampler, const Sentence& sentence) {
  return supports([&] {
    const Annotation& gold = sentence.views[0];
    const SpanSample spans = spans_of(sentence);
    Generator generator(3), same(3);
    const PairSample sample = sampler.sample_pairs(sentence, gold, kInventory, spans, generator);
    BOOST_TEST((sampler.sample_pairs(sentence, gold, kInventory, spans, same).pairs == sample.pairs),
               "one seed, two samples");
    std::vector<std::int32_t> relations;
    std::set<Pair> positive;
    for (std::size_t i = 0; i < sample.pairs.size(); ++i) {
      const Pair& pair = sample.pairs[i];
      BOOST_TEST((pair.head != pair.tail && std::min(pair.head, pair.tail) >= 0 &&
                  std::max(pair.head, pair.tail) < std::ssize(spans.spans)));
      if (i >= sample.gold.size()) {
        BOOST_TEST(!positive.contains(pair), "a gold pair is a negative");
        continue;
      }
      positive.insert(pair);
      for (const std::int32_t item : sample.gold[i]) {
        const Relation& relation = gold.relations[static_cast<std::size_t>(item)];
        BOOST_TEST((std::minmax(pair.head, pair.tail) == std::minmax(relation.head, relation.tail)));
        relations.push_back(item);
      }
    }
    std::vector<std::int32_t> all(gold.relations.size());
    std::iota(all.begin(), all.end(), 0);
    BOOST_TEST(relations == all, boost::test_tools::per_element());
  });
}

bool check_sampler(const std::string& id, const Parameters& parameters) {
  const auto make = [&](HeadKind kind) {
    const auto types = kind == HeadKind::pairs ? kInventory.relations.size() : kInventory.entities.size();
    return components().sampler(id, parameters, {kind, kInventory, std::vector<std::int64_t>(types, 2)});
  };
  int unused = 0;
  for (const Sentence& sentence : sentences()) {
    int uses = 0;
    uses += supports([&] { make(HeadKind::spans); }) && sampler_of_spans(*make(HeadKind::spans), sentence);
    uses += supports([&] { make(HeadKind::pairs); }) && sampler_of_pairs(*make(HeadKind::pairs), sentence);
    uses += supports([&] { make(HeadKind::words); }) && sampler_of_words(*make(HeadKind::words), sentence);
    unused += uses == 0;
  }
  return unused == 0;
}

// Targets of one sentence by one view's labeler.
void check_targets(const std::function<std::shared_ptr<SoftLabeler>(HeadKind)>& labeler,
                   const Sentence& sentence, std::size_t view) {
  const bool has_gold = sentence.id == "a";
  const SpanSample spans =
      has_gold ? SpanSample{{{0, 2}, {3, 4}, {0, 1}}, {{0}, {1}}} : SpanSample{{{0, 1}}, {}};
  const PairSample pairs = has_gold ? PairSample{{{0, 1}, {1, 0}}, {{0, 1}}} : PairSample{};
  std::vector<float> of_spans(spans.spans.size() * 3), of_pairs(pairs.pairs.size() * 2),
      of_words(sentence.words.size() * 6);
  labeler(HeadKind::spans)->label_spans(sentence, view, spans, 3, of_spans);
  labeler(HeadKind::pairs)->label_pairs(sentence, view, spans, pairs, 2, of_pairs);
  if (supports([&] { labeler(HeadKind::words); }))
    labeler(HeadKind::words)->label_words(sentence, view, 6, of_words);
  for (const auto* targets : {&of_spans, &of_pairs, &of_words}) {
    BOOST_TEST(std::ranges::all_of(*targets, [](float target) { return target >= 0 && target <= 1; }));
  }
  if (has_gold)
    BOOST_TEST((of_spans[0] > 0 && of_spans[4] > 0 && of_pairs[0] > 0 && of_pairs[1] > 0),
               "a gold candidate has no target");
}

bool check_labeler(const std::string& id, const Parameters& parameters) {
  const std::vector<std::string> views{"first", "second"};
  const std::vector<Inventory> inventories{kInventory, kInventory};
  if (!supports([&] { components().labeler(id, parameters, {HeadKind::spans, views, inventories, 0}); }))
    return false;
  for (const Sentence& sentence : sentences()) {
    for (std::size_t view = 0; view < sentence.views.size(); ++view) {
      check_targets(
          [&](HeadKind kind) {
            return components().labeler(id, parameters, {kind, views, inventories, view});
          },
          sentence, view);
    }
  }
  return true;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(contract)
BOOST_AUTO_TEST_CASE(samplers) { check_all(ComponentKind::sampler, check_sampler, {}); }
BOOST_AUTO_TEST_CASE(labelers) { check_all(ComponentKind::labeler, check_labeler, {}); }
BOOST_AUTO_TEST_SUITE_END()

}  // namespace spanlab::test::contract
