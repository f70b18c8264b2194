// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/card.hpp"
#include "spanlab/annotation.hpp"

namespace spanlab {

/// 100 · part / whole, 0 where there is no whole.
inline double percent(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

/// Percentages and the number of gold items.
struct Score {
  double precision = 0;
  double recall = 0;
  double f1 = 0;
  std::int64_t support = 0;
};

/// Averages over the types that occur in gold or prediction, and each of them by name.
struct ScoreTable {
  Score micro;
  Score macro;
  std::map<std::string, Score> per_type;
};

/// SpERT's three metrics (docs/papers.md, Scores): entities; relations by boundary; relations strict.
struct Scores {
  ScoreTable entity;
  ScoreTable relation_boundary;
  ScoreTable relation_strict;
};

/// Scores `predicted[i]` against `gold[i]`, sentence by sentence, as sets. Symmetric relations are compared
/// in text order. Overlap::removed drops overlapping entities on both sides and relations whose two arguments
/// overlap, as SpERT's reference implementation does for ADE.
SPANLAB_API Scores score(std::span<const Annotation> gold, std::span<const Annotation> predicted,
                         const Inventory& inventory, Overlap overlap);

/// Nested as the paths of scores: {"entity": {"micro": {…}, "macro": {…}, "per_type": {…}}, "relation":
/// {"boundary": …, "strict": …}}.
SPANLAB_API nlohmann::json to_json(const Scores& scores);

/// A score path in full: `entity.f1` becomes `entity.micro.f1`. Where a model's scores are grouped
/// (train/evaluation.hpp) a path begins with the name of its group, one of `groups`. Throws Error(usage) with
/// the nearest valid path if it is none; the type in `relation.strict.per_type.Kill.f1` is not checked here.
/// Needs no scores, so a study can be checked before anything runs.
SPANLAB_API std::string full_score_path(std::string_view path, std::span<const std::string> groups = {});

/// The number at a score path in such JSON: `entity.f1` (a missing average means micro),
/// `relation.strict.macro.recall`, `relation.boundary.per_type.Kill.f1`, `spans.false_positives.iou_50.rate`
/// (span_scores.hpp); of grouped scores, `union.entity.f1`. `relation.f1` is not a path: the set-up must be
/// named. Throws Error(usage) with the nearest valid path; NaN never.
SPANLAB_API double score_at(const nlohmann::json& scores, std::string_view path);

}  // namespace spanlab
