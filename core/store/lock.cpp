// SPDX-License-Identifier: MIT
#include "store/lock.hpp"

#include <unistd.h>

#include "files/file_lock.hpp"

namespace spanlab {

std::optional<TrialLock> TrialLock::acquire(const std::filesystem::path& trial_folder) {
  std::optional<FileLock> lock = FileLock::attempt(trial_folder / "lock");
  if (!lock) return std::nullopt;
  return TrialLock(lock->release());
}

TrialLock::~TrialLock() {
  if (descriptor_ >= 0) close(descriptor_);
}

TrialLock& TrialLock::operator=(TrialLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

bool is_locked(const std::filesystem::path& trial_folder) { return is_file_locked(trial_folder / "lock"); }

}  // namespace spanlab
