// SPDX-License-Identifier: MIT
#include "evaluate/span_scores.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "evaluate/metrics.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host {

namespace {

/// The words that two spans share, of all that they cover: compared without rounding.
struct Fraction {
  std::int64_t shared = 0;
  std::int64_t covered = 1;
  friend bool operator<(const Fraction& a, const Fraction& b) {
    return a.shared * b.covered < b.shared * a.covered;
  }
};

Fraction nearest(const Span& span, const std::set<Span>& gold) {
  Fraction largest;
  for (const Span& other : gold) {
    const std::int32_t begin = std::max(span.begin, other.begin), end = std::min(span.end, other.end);
    const std::int64_t shared = std::max(0, end - begin);
    largest = std::max(largest, Fraction{shared, span.width() + other.width() - shared});
  }
  return largest;
}

std::size_t bucket_of(const Fraction& iou) {
  return iou.shared == 0 ? 0 : 1 + static_cast<std::size_t>(4 * iou.shared / iou.covered);
}

std::set<Span> spans_of(const Annotation& annotation) {
  std::set<Span> spans;
  for (const Entity& entity : annotation.entities) spans.insert(entity.span);
  return spans;
}

void count(std::int32_t words, const std::set<Span>& gold, const std::set<Span>& predicted,
           std::int32_t widest, SpanScores& scores) {
  scores.gold += std::ssize(gold);
  scores.predicted += std::ssize(predicted);
  for (std::int32_t begin = 0; begin < words; ++begin) {
    for (std::int32_t end = begin + 1; end <= std::min(begin + widest, words); ++end) {
      const Span span{begin, end};
      if (!gold.contains(span)) ++scores.buckets[bucket_of(nearest(span, gold))].negatives;
    }
  }
  for (const Span& span : predicted) {
    if (gold.contains(span)) {
      ++scores.correct;
    } else {
      SpanScores::Bucket& bucket = scores.buckets[bucket_of(nearest(span, gold))];
      ++(span.width() <= widest ? bucket.predicted : bucket.wider);
    }
  }
}

}  // namespace

SpanScores score_spans(std::span<const std::int32_t> words, std::span<const Annotation> gold,
                       std::span<const Annotation> predicted, std::int32_t widest) {
  if (words.size() != gold.size() || gold.size() != predicted.size()) {
    throw Error(ErrorKind::data, "",
                fmt::format("{} sentences, {} in gold, {} in the predictions", words.size(), gold.size(),
                            predicted.size()));
  }
  SpanScores scores;
  for (std::size_t i = 0; i < words.size(); ++i)
    count(words[i], spans_of(gold[i]), spans_of(predicted[i]), widest, scores);
  return scores;
}

std::optional<double> SpanScores::Bucket::rate() const {
  return negatives > 0 ? std::make_optional(percent(predicted, negatives)) : std::nullopt;
}

ScoreTree score_tree(const SpanScores& scores) {
  ScoreTree tree = ScoreTree::Parts{{"precision", percent(scores.correct, scores.predicted)},
                                    {"recall", percent(scores.correct, scores.gold)},
                                    {"f1", percent(2 * scores.correct, scores.predicted + scores.gold)},
                                    {"support", scores.gold}};
  for (std::size_t i = 0; i < kIouBuckets.size(); ++i) {
    const SpanScores::Bucket& bucket = scores.buckets[i];
    ScoreTree& part = tree["false_positives"][std::string(kIouBuckets[i])];
    part = ScoreTree::Parts{
        {"negatives", bucket.negatives}, {"predicted", bucket.predicted}, {"wider", bucket.wider}};
    ScoreTree& rate = part["rate"];
    if (bucket.rate()) {
      rate.value = *bucket.rate();
    } else {
      rate.value = std::monostate();
    }
  }
  return tree;
}

std::vector<std::string> span_score_paths() {
  std::vector<std::string> paths;
  for (const char* measure : {"f1", "precision", "recall", "support"})
    paths.push_back(std::string("spans.") + measure);
  for (std::string_view bucket : kIouBuckets) {
    for (const char* measure : {"rate", "predicted", "negatives", "wider"})
      paths.push_back(fmt::format("spans.false_positives.{}.{}", bucket, measure));
  }
  return paths;
}

}  // namespace spanlab::host
