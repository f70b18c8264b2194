// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "run/run_view.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host {

struct LaunchSetup {
  std::filesystem::path program;  ///< started as `PROGRAM trial HASH …` for each trial
  std::string program_identity;   ///< that trials must find, too; empty: not checked
  std::vector<std::string> plugin_path;
  std::vector<std::string> data_path;
  /// Trials at a time; 0: as many as there are cores or trials, whichever is fewer; one on cuda.
  int jobs = 0;
  std::int64_t memory = 0;  ///< limit of each trial's address space in bytes; 0: none
  /// A trial without a finished step, and without a call of a component that returns, for that long is ended
  /// as hanging; 0: never.
  std::chrono::seconds stuck{600};
  std::set<std::string> again;     ///< trials that get a new attempt although they finished or failed
  std::chrono::seconds grace{20};  ///< what trials get to write their resume state before they are killed
};

struct RunResult {
  RunView view;  ///< points into the plan, which must live as long
  bool interrupted = false;
  /// What ended the run before its trials: a rebuilt program, a full disk, changed data.
  std::optional<Error> error = {};
};

/// Runs what the plan lacks: a process per trial, on cores of its own. A trial that fails does not hold up
/// the others. Trials that another runner works on are waited for. SIGINT and SIGTERM let the running trials
/// write their resume state; a second one kills them, and so does the end of the grace. A trial that is
/// interrupted while the run is not (a signal of its own) is taken up again, three tries in all. Nothing that
/// is finished is run again or changed. That no trial is trained twice at a time rests on file locks that all
/// runners see: where locks are local to a host, runners of one store on two hosts may train the same trial.
SPANLAB_API RunResult run_trials(const Plan& plan, const RunStore& store, const LaunchSetup& setup,
                                 RunObserver& observer);

}  // namespace spanlab::host
