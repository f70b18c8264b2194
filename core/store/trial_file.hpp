// SPDX-License-Identifier: MIT
#pragma once

#include "store/run_store.hpp"

namespace spanlab::host {

/// The file in a trial's folder that says which trial it is: hash, seed, configuration, identity.
inline constexpr const char* kTrialFile = "trial.json";

/// Makes the trial's folder and trial.json unless they are there and whole.
SPANLAB_API void prepare_trial(const RunStore& store, const PlannedTrial& trial);

/// The trial as trial.json has it (row is 0). Throws Error(environment or data).
SPANLAB_API PlannedTrial read_trial(const RunStore& store, const std::string& hash);

}  // namespace spanlab::host
