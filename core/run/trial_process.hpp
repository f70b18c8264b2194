// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "data/card.hpp"
#include "plugin/registry.hpp"
#include "run/exit_code.hpp"
#include "store/run_store.hpp"
#include "train/trial.hpp"

namespace spanlab::host {

/// What the launcher tells a trial's process.
struct TrialRequest {
  std::string hash;
  std::int64_t attempt = 1;  ///< its folder and status exist already
  std::string program;       ///< program_identity() of the launcher; empty: not checked
  std::string device = "cpu";
  int threads = 1;
  std::int64_t memory = 0;  ///< limit of the address space in bytes; 0: none
};

/// Where and by what an attempt is computed, see TrialJob.
struct Workplace {
  std::filesystem::path folder;
  std::string device = "cpu";
  int threads = 1;
  std::filesystem::path features;
  std::filesystem::path cache;
};

/// The training itself: `train_trial`, with registry and cards bound.
using Train = std::function<TrialEnd(const PlannedTrial&, const Workplace&, const TrialEvents&)>;

/// Runs one attempt in this process: checks that the program and all that the trial's identity counts are
/// those of the plan, writes environment.json, trains with heartbeats, and writes the last status. SIGTERM
/// and SIGINT stop it between two steps, with a resume state. The answer is how the process should end:
/// `done`, `trials_failed` or `interrupted`. Throws Error(any kind but `trial`) for what no
/// other trial would escape either, which the attempt's status says beside that it is `interrupted`: whatever
/// is found before the training, and what the training throws of another kind than `trial`. All other
/// exceptions are this trial's own.
SPANLAB_API ExitCode run_trial(const RunStore& store, const TrialRequest& request, const Registry& registry,
                               const CardIndex& cards, const Train& train);

}  // namespace spanlab::host
