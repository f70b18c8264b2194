// SPDX-License-Identifier: MIT
#include "run/running_trial.hpp"

namespace spanlab::host {

namespace {

std::uintmax_t size_of(const std::filesystem::path& file) {
  std::error_code absent;
  const std::uintmax_t size = std::filesystem::file_size(file, absent);
  return absent ? 0 : size;
}

}  // namespace

RunningTrial start_trial(std::size_t index, FileLock lock, int slot, TrialCommand command,
                         const LaunchSetup& setup, const std::filesystem::path& log,
                         const std::vector<int>& cores) {
  command.lock = lock.descriptor();
  const std::uintmax_t log_begin = size_of(log);
  WatchedChild child(trial_child(command, setup, log, cores), setup.stuck);
  return {index, std::move(lock), std::move(child), slot, log_begin};
}

}  // namespace spanlab::host
