// SPDX-License-Identifier: MIT
#include "contract/scene.hpp"

#include <ATen/ATen.h>

#include <set>

#include "spanlab/span_ops.hpp"
#include "spanlab/tags.hpp"

namespace spanlab::host::suite {

namespace {

constexpr std::int64_t kLongest = 150;  // words of a long sentence

// Words of all sorts: some are pieces of the made-up pretrained model, some are nobody's.
const char* const kWords[] = {"ada",  "lives", "in",   "paris", "mill", "mills", "Old",
                              "1815", "naïve", "東京", ".",     "x1",   "the",   "river"};

// Where a sentence's gold entities and other spans lie; the gold ones come first.
std::vector<Span> all_spans(std::int32_t words) {
  std::vector<Span> spans;
  for (std::int32_t width = 1; width <= std::min(words, 4); ++width) {
    for (std::int32_t begin = 0; begin + width <= words; ++begin) spans.push_back({begin, begin + width});
  }
  return spans;
}

// The words of a word's units, and one unit before and behind all of them where they are surrounded.
EncodedSentence units_of(const Sentence& sentence, bool surrounded, Generator& generator) {
  EncodedSentence units;
  if (surrounded) units.ids.push_back(0);
  for (std::size_t word = 0; word < sentence.words.size(); ++word) {
    const std::int64_t begin = std::ssize(units.ids);
    units.ids.resize(units.ids.size() + 1 + generator.below(3), 0);
    units.words.push_back({begin, std::ssize(units.ids)});
  }
  if (surrounded) units.ids.push_back(0);
  return units;
}

// A type for each candidate, or -1.
std::vector<std::int64_t> drawn_types(std::int64_t count, std::int64_t types, Generator& generator) {
  std::vector<std::int64_t> drawn;
  for (std::int64_t i = 0; i < count; ++i)
    drawn.push_back(static_cast<std::int64_t>(generator.below(static_cast<std::uint64_t>(types) + 1)) - 1);
  return drawn;
}

}  // namespace

const Inventory& inventory() {
  static const Inventory types{{{"Person", "", false}, {"Place", "", false}, {"Firm", "", false}},
                               {{"In", "", false}, {"Near", "", true}}};
  return types;
}

std::int64_t types_of(HeadKind kind) {
  const std::int64_t entities = std::ssize(inventory().entities);
  if (kind == HeadKind::pairs) return std::ssize(inventory().relations);
  return kind == HeadKind::words ? 2 * entities : entities;
}

Scene::Scene(std::uint64_t seed, Shape shape, at::ScalarType numbers)
    : seed_(seed), shape_(shape), numbers_(numbers), generator_(seed) {
  const bool surrounded = number(0, 1) == 1;
  const std::int64_t count = shape == Shape::long_sentence ? 1 : number(2, 4);
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int64_t one = number(0, 3) == 0 ? 1 : number(2, 9);
    add_sentence(shape == Shape::one_word ? 1 : shape == Shape::long_sentence ? kLongest : one);
  }
  for (const Sentence& sentence : sentences) encoded.push_back(units_of(sentence, surrounded, generator_));
  std::vector<Item> items;
  for (std::size_t i = 0; i < sentences.size(); ++i) items.push_back({&sentences[i], &encoded[i]});
  batch = make_batch(items);
  placed_.offsets = {0};
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    if (shape != Shape::no_candidates) add_candidates(i);
    placed_.offsets.push_back(std::ssize(placed_.pairs));
  }
  features.units = normal({batch.unit_offsets.back(), kWidth}, 1).requires_grad_();
  features.sentences = normal({batch.size(), kWidth}, 1).requires_grad_();
  const std::int64_t places = std::ssize(placed_.spans);
  of_spans = {{"identify", normal({places, 1}, 1)}, {"classify", normal({places, 3}, 1)}};
}

std::int64_t Scene::number(std::int64_t least, std::int64_t most) {
  return least + static_cast<std::int64_t>(generator_.below(static_cast<std::uint64_t>(most - least + 1)));
}

at::Tensor Scene::normal(at::IntArrayRef shape, double deviation) {
  at::Tensor tensor = at::empty(shape, numbers_);
  fill_normal(tensor, deviation, generator_);
  return tensor;
}

void Scene::add_sentence(std::int64_t words) {
  Sentence sentence{"made-" + std::to_string(sentences.size()), "", {}, {}};
  for (std::int64_t i = 0; i < words; ++i) sentence.words.push_back(kWords[number(0, std::size(kWords) - 1)]);
  for (int view = 0; view < 2; ++view) sentence.views.push_back(annotation(words));
  sentences.push_back(std::move(sentence));
}

Annotation Scene::annotation(std::int64_t words) {
  Annotation made;
  if (shape_ == Shape::no_candidates) return made;
  const std::vector<Span> spans = all_spans(static_cast<std::int32_t>(words));
  std::set<Span> taken;
  for (std::int64_t i = std::min(number(1, 3), words); i > 0; --i) {
    const Span span = spans[generator_.below(spans.size())];
    if (taken.insert(span).second)
      made.entities.push_back({span, static_cast<std::int32_t>(number(0, types_of(HeadKind::spans) - 1))});
  }
  add_relations(made);
  return made;
}

void Scene::add_relations(Annotation& annotation) {
  const auto entities = static_cast<std::int32_t>(annotation.entities.size());
  std::set<Relation> made;
  for (std::int32_t head = 0; head < entities; ++head) {
    for (std::int32_t tail = 0; tail < entities; ++tail) {
      if (head == tail || number(0, 1) == 0) continue;
      Relation relation{head, tail, static_cast<std::int32_t>(number(0, types_of(HeadKind::pairs) - 1))};
      const bool symmetric = inventory().relations[static_cast<std::size_t>(relation.type)].symmetric;
      if (symmetric && annotation.entities[tail].span < annotation.entities[head].span)
        std::swap(relation.head, relation.tail);
      if (made.insert(relation).second) annotation.relations.push_back(relation);
    }
  }
}

SpanSample Scene::spans(std::size_t sentence, std::size_t view) const {
  SpanSample sample;
  const std::vector<Entity>& gold = sentences[sentence].views[view].entities;
  for (std::size_t i = 0; i < gold.size(); ++i) {
    sample.spans.push_back(gold[i].span);
    sample.gold.push_back({static_cast<std::int32_t>(i)});
  }
  if (shape_ == Shape::no_candidates) return sample;
  Generator drawn = Generator(seed_).split("spans").split(sentence);
  for (const Span& span : all_spans(static_cast<std::int32_t>(sentences[sentence].words.size()))) {
    const bool is_new = std::ranges::find(sample.spans, span) == sample.spans.end();
    if (is_new && sample.spans.size() < 8 && drawn.below(2) == 0) sample.spans.push_back(span);
  }
  return sample;
}

PairSample Scene::pairs(std::size_t sentence, std::size_t view) const {
  PairSample sample;
  const std::vector<Relation>& gold = sentences[sentence].views[view].relations;
  for (std::size_t i = 0; i < gold.size(); ++i) {
    const Pair pair{gold[i].head, gold[i].tail};
    const auto found = std::ranges::find(sample.pairs, pair);
    if (found == sample.pairs.end()) {
      sample.pairs.push_back(pair);
      sample.gold.push_back({static_cast<std::int32_t>(i)});
    } else {
      sample.gold[static_cast<std::size_t>(found - sample.pairs.begin())].push_back(
          static_cast<std::int32_t>(i));
    }
  }
  const auto count = static_cast<std::int32_t>(spans(sentence, view).spans.size());
  for (std::int32_t head = 0; head < count; ++head) {
    const Pair pair{head, (head + 1) % count};
    if (count > 1 && std::ranges::find(sample.pairs, pair) == sample.pairs.end())
      sample.pairs.push_back(pair);
  }
  return sample;
}

void Scene::add_candidates(std::size_t sentence) {
  const auto first = static_cast<std::int32_t>(placed_.spans.size());
  for (const Span& span : spans(sentence, 0).spans) {
    placed_.spans.push_back({static_cast<std::int64_t>(sentence), span});
    placed_.types.push_back(number(-1, types_of(HeadKind::spans) - 1));
  }
  for (const Pair& pair : pairs(sentence, 0).pairs)
    placed_.pairs.push_back({first + pair.head, first + pair.tail});
}

Candidates Scene::candidates(HeadKind kind) const {
  std::vector<const Annotation*> gold;
  for (const Sentence& sentence : sentences) gold.push_back(&sentence.views[0]);
  if (kind == HeadKind::words && shape_ != Shape::no_candidates) return word_candidates(batch, gold);
  return kind == HeadKind::pairs ? pair_candidates(batch, placed_, gold)
                                 : span_candidates(batch, placed_.spans, gold);
}

const Scores& Scene::scores(HeadKind kind, std::int64_t columns) const {
  const std::pair key{kind, columns};
  const auto found = scores_.find(key);
  return found != scores_.end() ? found->second
                                : scores_.emplace(key, make_scores(kind, columns)).first->second;
}

// Of each word of the batch, -1 for `O`.
std::vector<std::int64_t> Scene::tags() const {
  std::vector<std::int64_t> all;
  if (shape_ == Shape::no_candidates) return all;
  for (const Sentence& sentence : sentences) {
    for (const std::int64_t tag : to_tags(sentence.views[0], std::ssize(sentence.words)))
      all.push_back(tag - 1);
  }
  return all;
}

Scores Scene::make_scores(HeadKind kind, std::int64_t columns) const {
  Generator drawn = Generator(seed_).split("scores");
  const std::int64_t all = candidates(kind).size(), types = types_of(kind);
  Scores made;
  made.scores = at::empty({all, columns}, numbers_);
  fill_normal(made.scores, 2, drawn);
  made.scores.requires_grad_();
  made.first = at::tensor(kind == HeadKind::words ? tags() : drawn_types(all, types, drawn), at::kLong);
  made.hard = at::one_hot(made.first + 1, types + 1).slice(1, 1).to(numbers_);
  made.targets = 0.9 * made.hard + 0.1 / static_cast<double>(types) * made.hard.sum(1, /*keepdim=*/true);
  const at::Tensor tags = at::eye(types + 1, numbers_);
  made.outputs = {
      {"scores", made.scores}, {"transitions", tags.cos()}, {"start", tags[0]}, {"end", tags[0].sin()}};
  return made;
}

}  // namespace spanlab::host::suite
