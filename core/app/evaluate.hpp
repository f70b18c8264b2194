// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "app/places.hpp"
#include "evaluate/metrics.hpp"
#include "evaluate/span_scores.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host::app {

/// Files in SpERT's JSON form. All three must be given.
struct EvaluateOptions {
  std::optional<std::string> gold;
  std::optional<std::string> predictions;
  std::optional<std::string> types;
  bool no_overlapping = false;  ///< entities that overlap another one do not count, on both sides
};

struct Evaluation {
  Scores scores;
  SpanScores spans;
};

/// Scores any system's predictions. Throws Error(usage) naming every file that is not given, Error(data) with
/// the problems of both files.
SPANLAB_API Evaluation evaluate(const EvaluateOptions& options, const Places& places);

}  // namespace spanlab::host::app
