// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "data/card.hpp"
#include "plugin/registry.hpp"
#include "settings/configuration.hpp"

namespace spanlab::host {

/// Everything that one training needs. It knows nothing of sweeps.
struct TrialJob {
  Configuration configuration;  ///< whole and checked
  std::int64_t seed = 0;
  /// The attempt's: metrics.jsonl, predictions/, weights and resume state go there.
  std::filesystem::path folder;
  std::string device = "cpu";  ///< `cpu` or `cuda`
  int threads = 1;
  /// Folder of frozen encoders' features, shared by all trials; empty: they are kept in memory.
  std::filesystem::path features = {};
  /// Folder of what components keep for each other's trials (Context::cache); empty: they cannot.
  std::filesystem::path cache = {};
};

/// What the training tells while it runs. Called from the training thread.
struct TrialEvents {
  /// After each step or so: for heartbeat and progress. `steps` of `total`; `loss` is the last step's.
  std::function<void(std::int64_t steps, std::int64_t total, double loss)> progress;
  /// One line of text for the log.
  std::function<void(const std::string&)> log;
  /// Asked between steps: true ends the training after writing a resume state.
  std::function<bool()> stop;
};

enum class TrialEnd { finished, stopped };

/// Trains, evaluates and stores. Goes on from `folder/resume.safetensors` where there is one, and leaves it:
/// whoever records the end of the attempt removes it then, so that no moment is without a way on. Appends to
/// metrics.jsonl a record (records/epoch_record.hpp) with the losses of each epoch and one with its scores on
/// the dev split; the final one holds the scores on the test split, which count, and how many parameters are
/// trained. Predictions of the final evaluation go to predictions/<split>.jsonl, one sentence a line. Throws
/// Error(trial) for a NaN or infinite loss (step, sentence ids, term), Error(data) or Error(usage) otherwise.
SPANLAB_API TrialEnd train_trial(const TrialJob& job, const Registry& registry, const CardIndex& cards,
                                 const TrialEvents& events);

}  // namespace spanlab::host
