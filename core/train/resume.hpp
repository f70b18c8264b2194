// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <map>
#include <optional>

#include "model/model.hpp"
#include "train/epoch_means.hpp"
#include "train/optimizer.hpp"

namespace spanlab::host {

/// How far a training has come, beside weights and optimiser. Random numbers need no state: each step derives
/// its own.
struct TrainedSoFar {
  std::int64_t step = 0;            ///< steps done
  double seconds = 0;               ///< time spent on them and on evaluations between them
  std::uint64_t metrics_bytes = 0;  ///< length of metrics.jsonl then: what stands after it is done again
  EpochMeans epoch;                 ///< of the epoch begun, or of the one that has just ended
};

/// Writes the state of a training; `identity` says what training it is (configuration and seed).
void save_resume(const std::filesystem::path& file, const Model& model, const Optimizer& optimizer,
                 const TrainedSoFar& progress, const std::string& identity);

/// A stored state that nobody has taken up yet.
struct ResumeState {
  TrainedSoFar progress;
  NamedTensors weights, moments;
};

/// The state in `file`, or nothing if there is none. Throws Error(data) if it is damaged, Error(usage) if it
/// is that of another training.
std::optional<ResumeState> read_resume(const std::filesystem::path& file, const std::string& identity);

/// Takes it up.
void restore(const ResumeState& state, Model& model, Optimizer& optimizer, const std::string& place);

}  // namespace spanlab::host
