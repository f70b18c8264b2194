// SPDX-License-Identifier: MIT
#pragma once

#include "files/file_lock.hpp"
#include "store/run_store.hpp"
#include "store/trial_file.hpp"

namespace spanlab::host {

/// The attempt to work in: the newest one, if it was interrupted and left a resume state, else a new one with
/// the next number. Its status is `running` by this process. The caller holds the trial's lock.
SPANLAB_API Attempt open_attempt(const RunStore& store, const std::string& hash, const FileLock& lock);

/// State of a trial as users see it.
enum class TrialState { waiting, running, finished, failed, interrupted };
SPANLAB_API std::string_view to_text(TrialState state);

struct TrialStanding {
  TrialState state = TrialState::waiting;
  std::optional<Attempt> attempt;  ///< the one that the state is about
};

/// Finished if any attempt is and none is running; else what the newest attempt says, where `running` without
/// a process that holds the lock is `interrupted`. Throws Error(environment) where that cannot be read.
SPANLAB_API TrialStanding standing(const RunStore& store, const std::string& hash);

}  // namespace spanlab::host
