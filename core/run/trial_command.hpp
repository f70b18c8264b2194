// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "run/child.hpp"
#include "run/launcher.hpp"

namespace spanlab::host {

/// One attempt at a trial, as its own process is told of it.
struct TrialCommand {
  std::filesystem::path runs;  ///< root of the run store
  std::string hash;
  std::int64_t attempt = 1;
  std::string device;
  int threads = 1;
  int lock = -1;  ///< a descriptor that holds the trial's lock, for the process to inherit
};

/// How the process of a trial is started: `PROGRAM trial HASH …`.
ChildSetup trial_child(const TrialCommand& command, const LaunchSetup& setup,
                       const std::filesystem::path& log, const std::vector<int>& cores);

/// Hands the search paths of plugins and data on to a process of the program.
void add_search_paths(std::vector<std::string>& arguments, const LaunchSetup& setup);

}  // namespace spanlab::host
