// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "evaluate/metrics.hpp"
#include "evaluate/scored_items.hpp"
#include "spanlab/export.hpp"
#include "tasks/prediction.hpp"

namespace spanlab::host {

/// A predicted item, the score that the model gave it, and whether it is gold.
struct JudgedItem {
  double score = 0;
  bool correct = false;
  std::size_t sentence = 0;
};

/// Predicted items and how many there are in gold.
struct JudgedItems {
  std::vector<JudgedItem> predicted;  ///< highest score first; of equal ones in the order of the text
  std::int64_t gold = 0;

  /// Those of another trial: what is worked out of both is that of all their predictions together.
  SPANLAB_API JudgedItems& operator+=(const JudgedItems& other);
};

/// The entities that count in score() (metrics.hpp); one that is predicted twice has the higher score.
/// Throws Error(data) if the lists differ in length.
SPANLAB_API JudgedItems judged_entities(std::span<const Annotation> gold,
                                        std::span<const Prediction> predicted, Overlap overlap);

/// The relations, with their own scores, whatever those of their arguments.
SPANLAB_API JudgedItems judged_relations(std::span<const Annotation> gold,
                                         std::span<const Prediction> predicted, const Inventory& inventory,
                                         Overlap overlap, ArgumentTypes types);

/// Scores of what is left when only predictions with at least this score count.
struct CurvePoint {
  double threshold = 0;
  std::int64_t predicted = 0;
  Score score;
};

/// A point for each score that occurs, highest first; the last is the score of all predictions. What a model
/// decided against is not stored, so that the curve ends at the model's own threshold.
SPANLAB_API std::vector<CurvePoint> precision_recall_curve(const JudgedItems& items);

/// At most so many of a curve's points: the first, the last, and those nearest to equal steps of recall.
SPANLAB_API std::vector<CurvePoint> thinned(std::span<const CurvePoint> curve, std::size_t most);

/// Predictions with scores in [low, high); the last bin has its high end too.
struct CalibrationBin {
  double low = 0;
  double high = 0;
  std::int64_t predicted = 0;
  std::int64_t correct = 0;
  double mean_score = 0;  ///< 0 without predictions
};

struct Calibration {
  std::vector<CalibrationBin> bins;
  /// Mean over the predictions of |share correct − mean score| of their bin, in [0, 1] (Guo et al. 2017, On
  /// Calibration of Modern Neural Networks, equation 3); 0 without predictions.
  double expected_error = 0;
};

/// In so many bins of equal width over [0, 1]. Scores beyond count in the nearest bin.
SPANLAB_API Calibration calibration(const JudgedItems& items, std::size_t bins = 10);

}  // namespace spanlab::host
