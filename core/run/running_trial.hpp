// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>

#include "files/file_lock.hpp"
#include "run/trial_command.hpp"
#include "run/watched_child.hpp"

namespace spanlab::host {

/// A trial whose process this run has started.
struct RunningTrial {
  std::size_t index;  ///< in the view
  FileLock lock;
  WatchedChild child;
  int slot;
  std::uintmax_t log_begin;  ///< where this process's part of the log begins
};

/// Starts the process of an attempt, on these cores. Throws CannotStart.
RunningTrial start_trial(std::size_t index, FileLock lock, int slot, TrialCommand command,
                         const LaunchSetup& setup, const std::filesystem::path& log,
                         const std::vector<int>& cores);

}  // namespace spanlab::host
