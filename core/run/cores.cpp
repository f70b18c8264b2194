// SPDX-License-Identifier: MIT
#include "run/cores.hpp"

#include <sched.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <memory>
#include <string>

namespace spanlab::host {

namespace fs = std::filesystem;

namespace {

// cpu.max: `QUOTA PERIOD` in microseconds, or `max PERIOD`.
std::optional<double> limit_of_group(const fs::path& group) {
  double quota = 0, period = 0;
  if (std::ifstream(group / "cpu.max") >> quota >> period && period > 0) return quota / period;
  if (std::ifstream(group / "cpu.cfs_quota_us") >> quota &&
      std::ifstream(group / "cpu.cfs_period_us") >> period && quota > 0 && period > 0) {
    return quota / period;
  }
  return std::nullopt;
}

// The folder of the group that governs processor time, by a line of /proc/self/cgroup: `0::/a/b` or
// `4:cpu,cpuacct:/a/b`.
std::optional<std::pair<fs::path, fs::path>> root_and_group(const std::string& line, const fs::path& groups) {
  const std::size_t first = line.find(':'), second = line.find(':', first + 1);
  if (second == std::string::npos) return std::nullopt;
  const std::string controllers = line.substr(first + 1, second - first - 1), path = line.substr(second + 1);
  const bool of_time = controllers.empty() || (',' + controllers + ',').find(",cpu,") != std::string::npos;
  if (!of_time) return std::nullopt;
  const fs::path root = controllers.empty() ? groups : groups / controllers;
  return std::pair(root, root / fs::path(path).relative_path());
}

}  // namespace

std::vector<int> allowed_cores() {
  constexpr int kMost = 1 << 14;
  const std::size_t size = CPU_ALLOC_SIZE(kMost);
  const std::unique_ptr<cpu_set_t, void (*)(cpu_set_t*)> set(CPU_ALLOC(kMost),
                                                             [](cpu_set_t* memory) { CPU_FREE(memory); });
  std::vector<int> cores;
  if (sched_getaffinity(0, size, set.get()) == 0) {
    for (int core = 0; core < kMost; ++core) {
      if (CPU_ISSET_S(core, size, set.get())) cores.push_back(core);
    }
  }
  if (cores.empty()) cores.push_back(0);
  return cores;
}

std::optional<int> granted_cores(const fs::path& proc, const fs::path& groups) {
  std::optional<double> least;
  std::ifstream lines(proc / "cgroup");
  for (std::string line; std::getline(lines, line);) {
    const auto found = root_and_group(line, groups);
    if (!found) continue;
    auto [root, group] = *found;
    // In a container the root is often the process's own group, and the path is that outside: what does not
    // exist limits nothing.
    for (;; group = group.parent_path()) {
      const std::optional<double> limit = limit_of_group(group);
      if (limit && (!least || *limit < *least)) least = limit;
      if (group == root || group == group.parent_path()) break;
    }
  }
  if (!least) return std::nullopt;
  return std::max(1, static_cast<int>(std::ceil(*least - 1e-9)));
}

CoreShares share_cores(const std::vector<int>& cores, std::optional<int> granted, std::int64_t wanted,
                       std::int64_t open) {
  const int usable =
      std::min(static_cast<int>(cores.size()), granted.value_or(static_cast<int>(cores.size())));
  CoreShares shares;
  shares.jobs =
      static_cast<int>(std::max<std::int64_t>(1, std::min<std::int64_t>(wanted > 0 ? wanted : usable, open)));
  shares.threads = std::max(1, usable / shares.jobs);
  shares.cores.resize(static_cast<std::size_t>(shares.jobs));
  if (usable < static_cast<int>(cores.size())) return shares;
  for (int job = 0; job < shares.jobs; ++job) {
    for (int i = 0; i < shares.threads; ++i) {
      shares.cores[static_cast<std::size_t>(job)].push_back(
          cores[static_cast<std::size_t>(job * shares.threads + i) % cores.size()]);
    }
  }
  return shares;
}

}  // namespace spanlab::host
