// SPDX-License-Identifier: MIT
#pragma once

#include "files/file_lock.hpp"
#include "store/run_store.hpp"

namespace spanlab {

/// Names of states in status.json and in tables.
SPANLAB_API std::string_view to_text(AttemptState state);
SPANLAB_API AttemptState attempt_state(std::string_view text);

/// status.json as text and back.
SPANLAB_API nlohmann::json to_json(const AttemptStatus& status);
SPANLAB_API AttemptStatus attempt_status(const nlohmann::json& node);

/// Replaces the attempt's status.json. A state other than `running` is final: it is synced to the disk, and
/// so is every file of the attempt before it, so that an attempt that says `finished` is whole.
SPANLAB_API void write_status(const std::filesystem::path& attempt_folder, const AttemptStatus& status);

/// Makes the trial's folder and trial.json unless they are there and whole.
SPANLAB_API void prepare_trial(const RunStore& store, const PlannedTrial& trial);

/// The attempt to work in: the newest one, if it was interrupted and left a resume state, else a new one with
/// the next number. Its status is `running` by this process. The caller holds the trial's lock.
SPANLAB_API Attempt open_attempt(const RunStore& store, const std::string& hash, const FileLock& lock);

/// The trial as trial.json has it (row is 0). Throws Error(environment or data).
SPANLAB_API PlannedTrial read_trial(const RunStore& store, const std::string& hash);

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

}  // namespace spanlab
