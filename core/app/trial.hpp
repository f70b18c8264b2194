// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "app/places.hpp"
#include "run/exit_code.hpp"

namespace spanlab::host::app {

/// What the launcher asks of a trial's own process.
struct TrialOptions {
  std::string hash;
  std::optional<std::int64_t> attempt;  ///< whose folder exists; must be given
  std::optional<int> lock;              ///< a descriptor that holds the trial's lock already
  std::optional<int> calls;             ///< one of a page to keep on which component is at work, see CallPage
  int threads = 1;
  std::string device = "cpu";
  std::string program;      ///< what program and core library must hash to; empty: not checked
  std::int64_t memory = 0;  ///< limit of the address space in bytes; 0: none
};

/// Trains one attempt in this process.
ExitCode train_attempt(const TrialOptions& options, const Places& places);

/// Checks a plan that is read from `descriptor` before its first trial, and answers there: what the launcher
/// asks of a process for the checks; `calls` as for a trial.
void check_described_plan(int descriptor, std::optional<int> calls, const Places& places);

}  // namespace spanlab::host::app
