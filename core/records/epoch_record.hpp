// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evaluate/score_tree.hpp"

namespace spanlab::host {

/// The file in an attempt's folder that holds its records, one a line.
inline constexpr const char* kMetricsFile = "metrics.jsonl";

/// The losses of an epoch: means over its steps.
struct EpochLosses {
  /// What training minimises: the sum of the losses, each with its weight. Records of 0.1 have none. It
  /// stands among the terms as `total`; every term's name but `adversarial` holds a dot, so that no task can
  /// take it.
  std::optional<double> total;
  /// Each loss by name, `entity.classify`, without its weight, and the parts that it names of itself; over
  /// the steps that had it.
  std::map<std::string, double> terms;
};

/// The name of the weighted total among the losses.
inline constexpr const char* kTotalLoss = "total";

/// A line of metrics.jsonl: what a training found at the end of an epoch, or at its own.
struct EpochRecord {
  /// Epochs done.
  std::int64_t epoch = 0;
  /// Steps done.
  std::int64_t step = 0;
  /// Which sentences the numbers are of; empty where a trial has none to be scored on.
  std::string split;
  /// Spent on training and on the evaluations between, up to here.
  double seconds = 0;
  /// The record that ends the training: its scores are the ones that count.
  bool is_final = false;
  /// Of the training sentences.
  std::optional<EpochLosses> losses;
  /// Of other sentences.
  std::optional<ScoreTree> scores;
  /// What components recorded while the epoch was trained, means by the place in the configuration and the
  /// name: `entity.sampler.mean_iou`. Of the record of the training sentences, and of the last one.
  std::map<std::string, double> log;
  /// How many are trained, by part of the model; of the last record alone.
  std::map<std::string, std::int64_t> parameters;

  /// All numbers that have score paths: the scores and, below `log`, what components recorded.
  SPANLAB_API ScoreTree all_scores() const;
};

/// The record as one line, without a line break.
SPANLAB_API std::string metrics_line(const EpochRecord& record);

/// The losses alone as such a line has them, for a log.
SPANLAB_API std::string losses_text(const EpochLosses& losses);

/// All records of a file; half a line at its end, as a killed training leaves it, is passed over. Members may
/// be absent. Throws Error(data) with the line of whatever else is no record.
SPANLAB_API std::vector<EpochRecord> read_metrics(const std::string& text, const std::filesystem::path& file);

/// The record that ends the training, if it is the last line that was written whole, and whole itself.
SPANLAB_API std::optional<EpochRecord> final_record(std::string_view text);

}  // namespace spanlab::host
