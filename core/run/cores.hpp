// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "spanlab/export.hpp"

namespace spanlab::host {

/// The cores that this process may run on: its affinity mask.
SPANLAB_API std::vector<int> allowed_cores();

/// How many cores' worth of time the control groups of this process grant (cpu.max of its group and of those
/// above it, or cpu.cfs_quota_us), rounded up; nothing without a limit. `proc` and `groups` are /proc/self
/// and /sys/fs/cgroup, or a copy.
SPANLAB_API std::optional<int> granted_cores(const std::filesystem::path& proc = "/proc/self",
                                             const std::filesystem::path& groups = "/sys/fs/cgroup");

/// How trials that run side by side share the machine.
struct CoreShares {
  int jobs = 1;     ///< trials at a time
  int threads = 1;  ///< of each; the same for all, so that trials can be compared
  /// Of each; empty where cores cannot be its own, since only a part of their time is granted.
  std::vector<std::vector<int>> cores;
};

/// `wanted` trials at a time (0: as many as cores), of which `open` are there at all, on `cores` of which the
/// time of `granted` may be used. Fewer trials than cores share the cores out; more than cores share cores.
SPANLAB_API CoreShares share_cores(const std::vector<int>& cores, std::optional<int> granted,
                                   std::int64_t wanted, std::int64_t open);

}  // namespace spanlab::host
