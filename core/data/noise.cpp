// SPDX-License-Identifier: MIT
#include "data/noise.hpp"

#include <algorithm>

#include "spanlab/corpus_item.hpp"
#include "spanlab/generator.hpp"

namespace spanlab::host {

namespace {

// The noise of one annotation of one sentence.
class NoisyAnnotation {
 public:
  NoisyAnnotation(Annotation& gold, std::int64_t words, const Inventory& inventory, const Noise& noise,
                  Generator generator)
      : gold_(gold), words_(words), inventory_(inventory), noise_(noise), generator_(generator) {}

  void make() {
    switch (noise_.kind) {
      case NoiseKind::type:
        change_types();
        break;
      case NoiseKind::boundary:
        shift_boundaries();
        break;
      case NoiseKind::drop:
        drop();
        break;
      case NoiseKind::spurious:
        add_spurious();
        break;
    }
    turn_symmetric(gold_, inventory_);
  }

 private:
  // Goes through the items that are struck; each has its own generator, for what is to become of it.
  template <typename Strike>
  void each_struck(const char* what, std::size_t count, Strike strike) const {
    const Generator all = generator_.split(what);
    for (std::size_t i = 0; i < count; ++i) {
      Generator own = all.split(static_cast<std::uint64_t>(i));
      if (own.uniform() < noise_.rate) strike(i, own);
    }
  }

  static std::int32_t below(Generator& generator, std::size_t bound) {
    return static_cast<std::int32_t>(generator.below(bound));
  }

  static std::int32_t another(std::int32_t value, std::size_t count, Generator& generator) {
    const std::int32_t drawn = below(generator, count - 1);
    return drawn + (drawn >= value);
  }

  bool has(const Entity& entity) const {
    return std::ranges::find(gold_.entities, entity) != gold_.entities.end();
  }

  bool are_related(std::int32_t head, std::int32_t tail, std::int32_t type) const {
    const bool symmetric = inventory_.relations[static_cast<std::size_t>(type)].symmetric;
    return std::ranges::any_of(gold_.relations, [&](const Relation& other) {
      return (other.head == head && other.tail == tail) ||
             (symmetric && other.head == tail && other.tail == head);
    });
  }

  void change_types() {
    if (inventory_.entities.size() > 1) {
      each_struck("entity", gold_.entities.size(), [&](std::size_t i, Generator& own) {
        Entity changed = gold_.entities[i];
        changed.type = another(changed.type, inventory_.entities.size(), own);
        if (!has(changed)) gold_.entities[i] = changed;
      });
    }
    if (inventory_.relations.size() > 1) {
      each_struck("relation", gold_.relations.size(), [&](std::size_t i, Generator& own) {
        gold_.relations[i].type = another(gold_.relations[i].type, inventory_.relations.size(), own);
      });
    }
  }

  void shift_boundaries() {
    each_struck("entity", gold_.entities.size(), [&](std::size_t i, Generator& own) {
      const Span span = gold_.entities[i].span;
      std::vector<Span> possible;
      for (const Span& shifted : {Span{span.begin - 1, span.end}, Span{span.begin + 1, span.end},
                                  Span{span.begin, span.end - 1}, Span{span.begin, span.end + 1}}) {
        if (shifted.begin >= 0 && shifted.width() > 0 && shifted.end <= words_) possible.push_back(shifted);
      }
      if (possible.empty()) return;
      const Entity changed{possible[own.below(possible.size())], gold_.entities[i].type};
      if (!has(changed)) gold_.entities[i] = changed;
    });
  }

  void drop() {
    std::vector<bool> lost_entity(gold_.entities.size()), lost_relation(gold_.relations.size());
    each_struck("entity", gold_.entities.size(), [&](std::size_t i, Generator&) { lost_entity[i] = true; });
    each_struck("relation", gold_.relations.size(),
                [&](std::size_t i, Generator&) { lost_relation[i] = true; });
    Annotation kept;
    std::vector<std::int32_t> numbers;
    for (std::size_t i = 0; i < gold_.entities.size(); ++i) {
      numbers.push_back(static_cast<std::int32_t>(kept.entities.size()));
      if (!lost_entity[i]) kept.entities.push_back(gold_.entities[i]);
    }
    for (std::size_t i = 0; i < gold_.relations.size(); ++i) {
      const auto head = static_cast<std::size_t>(gold_.relations[i].head),
                 tail = static_cast<std::size_t>(gold_.relations[i].tail);
      if (!lost_relation[i] && !lost_entity[head] && !lost_entity[tail])
        kept.relations.push_back({numbers[head], numbers[tail], gold_.relations[i].type});
    }
    gold_ = std::move(kept);
  }

  void add_spurious() {
    const std::size_t entities = gold_.entities.size();
    each_struck("entity", entities, [&](std::size_t i, Generator& own) {
      const std::int32_t width = gold_.entities[i].span.width();
      const std::int32_t begin = below(own, static_cast<std::size_t>(words_ - width + 1));
      const Entity made{{begin, begin + width}, below(own, inventory_.entities.size())};
      const bool taken =
          std::ranges::any_of(gold_.entities, [&](const Entity& other) { return other.span == made.span; });
      if (!taken) gold_.entities.push_back(made);
    });
    if (entities < 2) return;
    each_struck("relation", gold_.relations.size(), [&](std::size_t, Generator& own) {
      const std::int32_t head = below(own, entities), tail = another(head, entities, own);
      const std::int32_t type = below(own, inventory_.relations.size());
      if (!are_related(head, tail, type)) gold_.relations.push_back({head, tail, type});
    });
  }

  Annotation& gold_;
  std::int64_t words_;
  const Inventory& inventory_;
  const Noise& noise_;
  Generator generator_;
};

}  // namespace

void add_noise(Corpus& corpus, const Noise& noise) {
  if (noise.rate <= 0) return;
  const Generator root(static_cast<std::uint64_t>(noise.seed));
  for (std::size_t v = 0; v < corpus.views.size(); ++v) {
    if (!noise.views.empty() && std::ranges::find(noise.views, corpus.views[v]) == noise.views.end())
      continue;
    const Generator of_view = root.split(corpus.views[v]);
    for (Sentence& sentence : corpus.sentences) {
      NoisyAnnotation(sentence.views[v], static_cast<std::int64_t>(sentence.words.size()),
                      corpus.inventories[v], noise, of_view.split(sentence.id))
          .make();
    }
  }
}

}  // namespace spanlab::host
