// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "evaluate/score_tree.hpp"

namespace spanlab::host {

/// The first part of the paths of what components recorded: `log.entity.sampler.mean_iou`. They are what they
/// are: nothing of them is left out, and no group stands before them.
inline constexpr std::string_view kRecorded = "log";

/// Whether it is such a path, of a place in a configuration and a name.
SPANLAB_API bool is_recorded(std::string_view path);

/// A score path in full: `entity.f1` becomes `entity.micro.f1`. Where a model's scores are grouped
/// (train/evaluation.hpp) a path begins with the name of its group, one of `groups`. Throws Error(usage) with
/// the nearest valid path if it is none; the type in `relation.strict.per_type.Kill.f1` is not checked here.
/// Needs no scores, so a study can be checked before anything runs.
SPANLAB_API std::string full_score_path(std::string_view path, std::span<const std::string> groups = {});

/// What follows a table's name in a score path.
struct AverageMeasure {
  std::string average;  ///< `micro`, `macro` or `per_type`
  std::string type;     ///< of `per_type`, else empty
  std::string measure;  ///< `f1`, `precision`, `recall` or `support`
};

/// Of `f1`, `micro.f1`, `per_type.Kill.f1`; none of anything else.
SPANLAB_API std::optional<AverageMeasure> average_measure(std::string_view text);

/// The number at a score path: `entity.f1` (a missing average means micro), `relation.strict.macro.recall`,
/// `relation.boundary.per_type.Kill.f1`, `spans.false_positives.iou_50.rate` (span_scores.hpp); of grouped
/// scores, `union.entity.f1`. None where these scores do not hold it: a type that does not occur, a group
/// that they do not have, a rate of nothing. Throws Error(usage) with the nearest valid path if it is no
/// score path: `relation.f1` is none, for the set-up must be named.
SPANLAB_API std::optional<double> find_score(const ScoreTree& scores, std::string_view path);

}  // namespace spanlab::host
