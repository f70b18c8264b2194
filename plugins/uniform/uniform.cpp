// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "spanlab/plugin.hpp"
#include "spanlab/sampler.hpp"

namespace spanlab {

namespace {

Schema schema() {
  return Schema()
      .integer("negatives", 100, "at most so many negative candidates per sentence, drawn uniformly without replacement")
      .range(0, 1e6)
      .integer("max_span_width", 10, "widest span that is proposed, in training as a negative and in evaluation; for span tasks")
      .range(1, 1000)
      .unit("words")
      .boolean("merge_types", false,
               "relation types of one pair make one candidate with several targets, as SpERT's newer code has it; the parity "
               "fixtures follow the older one, where each is a candidate of its own; for pair tasks")
      .boolean("reverse_of_symmetric", false,
               "the reverse of a gold relation of a symmetric type may be a negative, as in SpERT's newer code; the parity "
               "fixtures follow the older one, which leaves it out; for pair tasks");
}

/// `count` of the numbers below `total`, drawn without replacement, in rising order: the order of candidates has no meaning.
std::vector<std::int32_t> draw(std::int32_t total, std::int64_t count, Generator& generator) {
  std::vector<std::int32_t> numbers(static_cast<std::size_t>(total));
  std::iota(numbers.begin(), numbers.end(), 0);
  if (count >= total) return numbers;
  for (std::int64_t i = 0; i < count; ++i) std::swap(numbers[i], numbers[i + static_cast<std::int64_t>(generator.below(total - i))]);
  numbers.resize(static_cast<std::size_t>(count));
  std::ranges::sort(numbers);
  return numbers;
}

/// SpERT's sampling (papers.md §1.3): gold spans and any others up to a width; gold pairs and other pairs of gold spans.
class Uniform : public Sampler {
 public:
  explicit Uniform(const Parameters& parameters)
      : negatives_(parameters.integer("negatives")), max_width_(static_cast<std::int32_t>(parameters.integer("max_span_width"))),
        merge_types_(parameters.boolean("merge_types")), reverse_of_symmetric_(parameters.boolean("reverse_of_symmetric")) {}

  SpanSample sample_spans(const Sentence& sentence, const Annotation& gold, Generator& generator) const override {
    SpanSample sample;
    std::set<Span> taken;
    for (std::size_t i = 0; i < gold.entities.size(); ++i) {
      sample.spans.push_back(gold.entities[i].span);
      sample.gold.push_back({static_cast<std::int32_t>(i)});
      taken.insert(gold.entities[i].span);
    }
    std::vector<Span> others = evaluation_spans(sentence);
    std::erase_if(others, [&](const Span& span) { return taken.contains(span); });
    for (std::int32_t i : draw(static_cast<std::int32_t>(others.size()), negatives_, generator)) sample.spans.push_back(others[i]);
    return sample;
  }

  PairSample sample_pairs(const Sentence&, const Annotation& gold, const Inventory& inventory, const SpanSample& spans,
                          Generator& generator) const override {
    std::map<Span, std::int32_t> row_of;  // of equal spans the first stands for all
    for (const Span& span : spans.spans) row_of.emplace(span, static_cast<std::int32_t>(&span - spans.spans.data()));
    struct Related {
      std::size_t place;  // in the sample
      std::int32_t type;
    };
    std::map<Pair, Related> related;  // the first gold relation of each pair
    PairSample sample;
    for (std::size_t i = 0; i < gold.relations.size(); ++i) {
      const Relation& relation = gold.relations[i];
      const auto head = row_of.find(gold.entities[relation.head].span), tail = row_of.find(gold.entities[relation.tail].span);
      if (head == row_of.end() || tail == row_of.end()) continue;
      Pair pair{head->second, tail->second};
      if (inventory.relations[relation.type].symmetric && spans.spans[pair.tail].begin < spans.spans[pair.head].begin) {
        std::swap(pair.head, pair.tail);
      }
      const auto [known, fresh] = related.emplace(pair, Related{sample.pairs.size(), relation.type});
      if (merge_types_ && !fresh) {
        sample.gold[known->second.place].push_back(static_cast<std::int32_t>(i));
      } else {
        sample.pairs.push_back(pair);
        sample.gold.push_back({static_cast<std::int32_t>(i)});
      }
    }
    auto symmetric = [&](const Pair& pair) {  // only the first relation of a pair is looked at, as in the reference
      const auto first = related.find(pair);
      return first != related.end() && inventory.relations[first->second.type].symmetric;
    };
    std::vector<std::int32_t> rows;  // of the positive spans
    for (std::size_t i = 0; i < spans.gold.size(); ++i) rows.push_back(row_of.at(spans.spans[i]));
    std::vector<Pair> others;
    for (std::int32_t head : rows) {
      for (std::int32_t tail : rows) {
        const Pair pair{head, tail};
        if (head == tail || related.contains(pair)) continue;
        if (reverse_of_symmetric_ || !symmetric({tail, head})) others.push_back(pair);
      }
    }
    for (std::int32_t i : draw(static_cast<std::int32_t>(others.size()), negatives_, generator)) sample.pairs.push_back(others[i]);
    return sample;
  }

  std::vector<Span> evaluation_spans(const Sentence& sentence) const override {
    const auto words = static_cast<std::int32_t>(sentence.words.size());
    std::vector<Span> spans;
    for (std::int32_t width = 1; width <= std::min(max_width_, words); ++width) {
      for (std::int32_t begin = 0; begin + width <= words; ++begin) spans.push_back({begin, begin + width});
    }
    return spans;
  }

 private:
  std::int64_t negatives_;
  std::int32_t max_width_;
  bool merge_types_;
  bool reverse_of_symmetric_;
};

}  // namespace

}  // namespace spanlab

SPANLAB_PLUGIN("uniform", "0.1.0", "the Spanlab authors") {
  using namespace spanlab;
  registrar.sampler({"uniform", "SpERT's sampling: gold candidates and uniformly drawn negatives", schema(), 1},
                    [](const Parameters& parameters, const SamplerSetup&) { return std::make_unique<Uniform>(parameters); });
}
