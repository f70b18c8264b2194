// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evaluate/score_tree.hpp"
#include "spanlab/annotation.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host {

/// Negatives by their intersection over union, in words, with the nearest gold span: 0, (0,¼), [¼,½), [½,¾),
/// [¾,1).
inline constexpr std::array<std::string_view, 5> kIouBuckets{"iou_0", "iou_above_0", "iou_25", "iou_50",
                                                             "iou_75"};

/// Widest span that counts among the negatives, in words: one for all models, so that rates can be compared.
inline constexpr std::int32_t kWidestNegative = 10;

/// How spans were found, whatever their types. A span counts once per sentence.
struct SPANLAB_API SpanScores {
  struct Bucket {
    std::int64_t negatives = 0;  ///< spans of up to `widest` words that are not gold
    std::int64_t predicted = 0;  ///< of these, what was predicted
    std::int64_t wider = 0;      ///< wider false predictions

    /// 100 · predicted / negatives; none without negatives.
    SPANLAB_API std::optional<double> rate() const;
  };
  std::int64_t gold = 0;
  std::int64_t predicted = 0;
  std::int64_t correct = 0;
  std::array<Bucket, kIouBuckets.size()> buckets;
};

/// Counts sentence by sentence; `words[i]` is the length of sentence i. Throws Error(data) if the three
/// differ in number.
SPANLAB_API SpanScores score_spans(std::span<const std::int32_t> words, std::span<const Annotation> gold,
                                   std::span<const Annotation> predicted,
                                   std::int32_t widest = kWidestNegative);

/// `precision`, `recall` and `f1` in percent, `support`, and below `false_positives` for each bucket
/// `negatives`, `predicted`, `wider` and `rate`.
SPANLAB_API ScoreTree score_tree(const SpanScores& scores);

/// The paths of these numbers among scores: `spans.f1`, `spans.false_positives.iou_50.rate`, ….
SPANLAB_API std::vector<std::string> span_score_paths();

}  // namespace spanlab::host
