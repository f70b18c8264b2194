// SPDX-License-Identifier: MIT
#include "samplers/pool_sampler.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace spanlab {

namespace {

/// Gold pairs, and what the pool of negatives must leave out.
struct GoldPairs {
  std::vector<Pair> pairs;
  std::vector<GoldItems> gold;
  std::vector<Pair> excluded;
};

/// Rows of the sampled spans; of equal spans the first stands for all.
class SpanRows {
 public:
  explicit SpanRows(const SpanSample& sample) : sample_(sample) {
    for (std::size_t row = 0; row < sample.spans.size(); ++row)
      rows_.emplace(sample.spans[row], static_cast<std::int32_t>(row));
  }

  std::int32_t of(const Span& span) const {  // -1: not sampled
    const auto found = rows_.find(span);
    return found == rows_.end() ? -1 : found->second;
  }

  // Strong pairs are those of gold entities, a repeated one counting again, as in the reference.
  std::vector<std::int32_t> of_pairs(PairKind kind, const Annotation& gold) const {
    std::vector<std::int32_t> rows;
    if (kind == PairKind::strong) {
      for (const Entity& entity : gold.entities) {
        if (const std::int32_t row = of(entity.span); row >= 0) rows.push_back(row);
      }
      return rows;
    }
    for (std::size_t row = 0; row < sample_.spans.size(); ++row) {
      if (of(sample_.spans[row]) == static_cast<std::int32_t>(row)) {
        rows.push_back(static_cast<std::int32_t>(row));
      }
    }
    return rows;
  }

 private:
  const SpanSample& sample_;
  std::map<Span, std::int32_t> rows_;
};

GoldPairs gold_pairs(const Annotation& gold, const Inventory& inventory, const SpanRows& rows,
                     const PoolSettings& settings) {
  GoldPairs result;
  std::map<Pair, std::size_t> places;  // of each pair's first relation
  for (std::size_t i = 0; i < gold.relations.size(); ++i) {
    const Relation& relation = gold.relations[i];
    const Span& head = gold.entities[relation.head].span;
    const Span& tail = gold.entities[relation.tail].span;
    const bool symmetric = inventory.relations[relation.type].symmetric;
    Pair pair{rows.of(head), rows.of(tail)};
    if (pair.head < 0 || pair.tail < 0) continue;
    if (symmetric && tail.begin < head.begin) std::swap(pair.head, pair.tail);
    const auto [known, is_first] = places.emplace(pair, result.pairs.size());
    // Of a pair's relations only the first is looked at, as in the reference.
    if (is_first && symmetric && !settings.reverse_of_symmetric) {
      result.excluded.push_back({pair.tail, pair.head});
    }
    if (settings.merge_types && !is_first) {
      result.gold[known->second].push_back(static_cast<std::int32_t>(i));
    } else {
      result.pairs.push_back(pair);
      result.gold.push_back({static_cast<std::int32_t>(i)});
    }
  }
  result.excluded.insert(result.excluded.end(), result.pairs.begin(), result.pairs.end());
  return result;
}

double nearest_overlap(const Span& span, const Annotation& gold) {
  double largest = 0;
  for (const Entity& entity : gold.entities) largest = std::max(largest, iou(span, entity.span));
  return largest;
}

// The mean of both arguments' IoU with those of the nearest gold relation.
double nearest_overlap(const Span& head, const Span& tail, const Annotation& gold) {
  double largest = 0;
  for (const Relation& relation : gold.relations) {
    largest = std::max(
        largest,
        (iou(head, gold.entities[relation.head].span) + iou(tail, gold.entities[relation.tail].span)) / 2);
  }
  return largest;
}

std::vector<std::int64_t> all_numbers(std::int64_t count) {
  std::vector<std::int64_t> numbers(static_cast<std::size_t>(count));
  for (std::int64_t i = 0; i < count; ++i) numbers[i] = i;
  return numbers;
}

}  // namespace

SpanSample PoolSampler::do_sample_spans(const Sentence& sentence, const Annotation& gold,
                                        Generator& generator) const {
  SpanSample sample;
  std::set<Span> taken;
  for (std::size_t i = 0; i < gold.entities.size(); ++i) {
    const std::int64_t count = copies({gold.entities[i].type}, generator);
    sample.spans.insert(sample.spans.end(), count, gold.entities[i].span);
    sample.gold.insert(sample.gold.end(), count, {static_cast<std::int32_t>(i)});
    taken.insert(gold.entities[i].span);
  }
  std::vector<Span> others = evaluation_spans(sentence);
  std::erase_if(others, [&](const Span& span) { return taken.contains(span); });
  const auto overlaps = [&] {
    std::vector<double> found;
    for (const Span& span : others) found.push_back(nearest_overlap(span, gold));
    return found;
  };
  for (std::int64_t i : choose({std::ssize(others), std::ssize(sample.gold), overlaps}, generator))
    sample.spans.push_back(others[i]);
  return sample;
}

PairSample PoolSampler::do_sample_pairs(const Sentence&, const Annotation& gold, const Inventory& inventory,
                                        const SpanSample& spans, Generator& generator) const {
  const SpanRows rows(spans);
  const GoldPairs known = gold_pairs(gold, inventory, rows, settings_);
  PairSample sample;
  for (std::size_t i = 0; i < known.pairs.size(); ++i) {
    std::set<std::int32_t> types;
    for (std::int32_t item : known.gold[i]) types.insert(gold.relations[item].type);
    const std::int64_t count = copies(types, generator);
    sample.pairs.insert(sample.pairs.end(), count, known.pairs[i]);
    sample.gold.insert(sample.gold.end(), count, known.gold[i]);
  }
  const PairPool pool(rows.of_pairs(settings_.pairs, gold), known.excluded);
  const auto overlaps = [&] {
    std::vector<double> found;
    for (const Pair& pair : pool.pairs(all_numbers(pool.size()))) {
      found.push_back(nearest_overlap(spans.spans[pair.head], spans.spans[pair.tail], gold));
    }
    return found;
  };
  const std::vector<Pair> others =
      pool.pairs(choose({pool.size(), std::ssize(sample.gold), overlaps}, generator));
  sample.pairs.insert(sample.pairs.end(), others.begin(), others.end());
  return sample;
}

std::vector<Span> PoolSampler::do_evaluation_spans(const Sentence& sentence) const {
  return spans_up_to(settings_.max_span_width, static_cast<std::int32_t>(sentence.words.size()));
}

std::int64_t PoolSampler::copies(const std::set<std::int32_t>&, Generator&) const { return 1; }

Schema& declare_candidates(Schema& schema) {
  return schema
      .integer("max_span_width", 10,
               "widest span that is proposed, in training as a negative and in evaluation; for span tasks")
      .range(1, 1000)
      .unit("words")
      .text("pairs", "strong",
            "negative pairs are those of gold entities (strong, as SpERT trains), or those of any two spans "
            "that the span task sampled, "
            "its negatives among them (weak); for pair tasks")
      .choices({"strong", "weak"});
}

Schema& declare_reference_versions(Schema& schema) {
  return schema
      .boolean("merge_types", false,
               "relation types of one pair make one candidate with several targets, as SpERT's newer code "
               "has it; in the older "
               "one, from which the published figures came, each is a candidate of its own; for pair tasks")
      .boolean("reverse_of_symmetric", false,
               "the reverse of a gold relation of a symmetric type may be a negative, as in SpERT's newer "
               "code; the older one, "
               "from which the published figures came, leaves it out; for pair tasks");
}

Schema& declare_amount(Schema& schema) {
  return schema
      .integer("negatives", 100,
               "at most so many negative candidates per sentence. SpERT.MT's summary says per batch as well: "
               "its share of a sentence is the number "
               "divided by train.batch")
      .range(0, 1e6)
      .number("ratio", 0,
              "instead of `negatives`: so many for each positive of the sentence, and for one where it has "
              "none, so that no sentence is lost")
      .unset()
      .range(0, 1e6);
}

PoolSettings pool_settings(const Parameters& parameters) {
  const bool versions = parameters.values().contains("merge_types");
  return {static_cast<std::int32_t>(parameters.integer("max_span_width")),
          parameters.text("pairs") == "strong" ? PairKind::strong : PairKind::weak,
          !versions || parameters.boolean("merge_types"),
          !versions || parameters.boolean("reverse_of_symmetric")};
}

Amount::Amount(const Parameters& parameters) : negatives_(parameters.integer("negatives")) {
  if (parameters.has("ratio")) ratio_ = parameters.number("ratio");
}

std::int64_t Amount::of(std::int64_t positives) const {
  return ratio_ < 0 ? negatives_
                    : std::llround(ratio_ * static_cast<double>(std::max<std::int64_t>(positives, 1)));
}

}  // namespace spanlab
