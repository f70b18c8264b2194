// SPDX-License-Identifier: MIT
// What samplers and soft-labelers promise: sampler.hpp, labeler.hpp.
#include <ATen/ATen.h>

#include <set>

#include "contract/items.hpp"
#include "contract/samples.hpp"

namespace spanlab::host::suite {

namespace {

// That every gold item is stood for, and that only the first candidates stand for some.
void check_gold(const std::vector<GoldItems>& gold, std::size_t candidates,
                const std::set<std::int32_t>& items, const char* what) {
  if (gold.size() > candidates) fail("gives {} positives of {} candidates", gold.size(), candidates);
  std::set<std::int32_t> left = items;
  for (std::size_t row = 0; row < gold.size(); ++row) {
    if (gold[row].empty()) fail("gives the positive {} no gold {}", row, what);
    for (const std::int32_t item : gold[row]) {
      if (!items.contains(item))
        fail("gives the positive {} the gold {} {}, which is none of its", row, what, item);
      left.erase(item);
    }
  }
  if (!left.empty()) fail("has no positive for the gold {} {}", what, *left.begin());
}

std::set<std::int32_t> numbers_below(std::size_t count) {
  std::set<std::int32_t> all;
  for (std::size_t i = 0; i < count; ++i) all.insert(static_cast<std::int32_t>(i));
  return all;
}

void check_inside(const Span& span, const Sentence& sentence) {
  if (span.begin < 0 || span.begin >= span.end || std::cmp_greater(span.end, sentence.words.size()))
    fail("gives the span [{}, {}) of a sentence of {} words", span.begin, span.end, sentence.words.size());
}

void check_spans(const Sampler& sampler, const Sentence& sentence, Generator& generator) {
  const Annotation& gold = sentence.views[0];
  const SpanSample sample = sampler.sample_spans(sentence, gold, generator);
  check_gold(sample.gold, sample.spans.size(), numbers_below(gold.entities.size()), "entity");
  for (std::size_t row = 0; row < sample.spans.size(); ++row) {
    const Span& span = sample.spans[row];
    check_inside(span, sentence);
    const bool is_gold = std::ranges::find(gold.entities, span, &Entity::span) != gold.entities.end();
    if (is_gold && row >= sample.gold.size()) fail("has a gold span among its negatives, as row {}", row);
    if (row < sample.gold.size() && gold.entities[static_cast<std::size_t>(sample.gold[row][0])].span != span)
      fail("has another span than its gold entity's as the positive {}", row);
  }
  const auto key = [](const Span& span) { return std::pair(span.width(), span.begin); };
  const std::vector<Span> scored = sampler.evaluation_spans(sentence);
  for (const Span& span : scored) check_inside(span, sentence);
  if (!std::ranges::is_sorted(scored, {}, key))
    fail("gives spans for evaluation in another order than by width, then by start");
}

void check_words(const Sampler& sampler, const Sentence& sentence) {
  const Annotation& gold = sentence.views[0];
  const SpanSample sample = sampler.sample_words(sentence, gold);
  if (sample.gold.size() != sample.spans.size()) fail("has negatives among the entities of tags");
  for (std::size_t row = 0; row < sample.spans.size(); ++row) {
    check_inside(sample.spans[row], sentence);
    for (std::size_t other = 0; other < row; ++other) {
      if (overlap(sample.spans[row], sample.spans[other]))
        fail("has entities that share words, which tags cannot hold");
    }
  }
}

void check_pairs(const Sampler& sampler, const Sentence& sentence, const SpanSample& spans,
                 Generator& generator) {
  const Annotation& gold = sentence.views[0];
  const PairSample sample = sampler.sample_pairs(sentence, gold, inventory(), spans, generator);
  check_gold(sample.gold, sample.pairs.size(), numbers_below(gold.relations.size()), "relation");
  std::set<Pair> positive;
  for (std::size_t row = 0; row < sample.pairs.size(); ++row) {
    const Pair& pair = sample.pairs[row];
    const auto exists = [&](std::int32_t span) {
      return span >= 0 && std::cmp_less(span, spans.spans.size());
    };
    if (!exists(pair.head) || !exists(pair.tail) || pair.head == pair.tail)
      fail("gives the pair ({}, {}) of {} spans", pair.head, pair.tail, spans.spans.size());
    if (row >= sample.gold.size()) {
      if (positive.contains(pair)) fail("has a gold pair among its negatives, as row {}", row);
      continue;
    }
    positive.insert(pair);
    const Relation& relation = gold.relations[static_cast<std::size_t>(sample.gold[row][0])];
    if (std::minmax(pair.head, pair.tail) != std::minmax(relation.head, relation.tail))
      fail("has other spans than its gold relation's as the positive {}", row);
  }
}

}  // namespace

std::string check_samples(const Case& one) {
  one.build();
  const auto sampler = made_sampler(one.subject, {one.parameters, one.use, 7});
  Generator generator(3);
  for (const Shape shape : {Shape::ordinary, Shape::one_word, Shape::no_candidates}) {
    const Scene scene = one.scene(0, shape);
    for (std::size_t i = 0; i < scene.sentences.size(); ++i) {
      const Sentence& sentence = scene.sentences[i];
      if (one.use.kind == HeadKind::spans) check_spans(*sampler, sentence, generator);
      if (one.use.kind == HeadKind::words) check_words(*sampler, sentence);
      if (one.use.kind == HeadKind::pairs) check_pairs(*sampler, sentence, scene.spans(i, 0), generator);
    }
  }
  return "";
}

std::string check_targets(const Case& one) {
  const auto built = one.build();
  const Scene scene = one.scene();
  const std::size_t view = static_cast<std::size_t>(one.use.columns);
  const NamedTensors found = one.asked(*built, scene, Mode::training);
  for (std::size_t i = 0; i < scene.sentences.size(); ++i) {
    const at::Tensor& targets = found.at("targets " + std::to_string(i));
    const bool fits = ((targets >= 0) & (targets <= 1)).all().item<bool>();
    if (!fits) fail("gives a target outside of [0, 1]");
    if (one.use.kind == HeadKind::words) continue;
    const std::int64_t positive =
        std::ssize(one.use.kind == HeadKind::spans ? scene.spans(i, view).gold : scene.pairs(i, view).gold);
    const at::Tensor gold = targets.slice(0, 0, positive).sum(1);
    if ((gold <= 0).any().item<bool>()) warn("gives a gold candidate no target of any type");
  }
  return "";
}

}  // namespace spanlab::host::suite
