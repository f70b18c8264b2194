// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <utility>

#include "spanlab/export.hpp"

namespace spanlab {

/// The exclusive right to work on a trial: a lock on the file `lock` in its folder. The kernel frees it when
/// the last process that has the descriptor ends, however it ends; a child that inherits the descriptor
/// shares the lock. Held by open file descriptions (F_OFD_SETLK), because such a lock can be asked about
/// without being taken, also over NFS.
class SPANLAB_API TrialLock {
 public:
  /// Nothing if somebody else holds it. Throws Error(environment) where the file cannot be made.
  static std::optional<TrialLock> acquire(const std::filesystem::path& trial_folder);
  /// Takes over a descriptor that a parent process locked and left open.
  explicit TrialLock(int descriptor) : descriptor_(descriptor) {}
  ~TrialLock();
  TrialLock(TrialLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  TrialLock& operator=(TrialLock&& other) noexcept;

  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

/// Whether a process works on the trial now. Does not disturb whoever wants to begin.
SPANLAB_API bool is_locked(const std::filesystem::path& trial_folder);

}  // namespace spanlab
