// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/study.hpp"
#include "run/run_view.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host::app {

/// The most processes or threads that a command may be told to start.
inline constexpr int kMostJobs = 1024;

/// With less for each trial, LibTorch itself does not start.
inline constexpr std::int64_t kLeastMemory = 256 << 20;

/// How trials are started.
struct LaunchOptions {
  /// Trials at a time; else as many as there are cores or trials, whichever is fewer.
  std::optional<int> jobs;
  std::optional<std::int64_t> memory;         ///< limit of each trial's address space in bytes
  std::optional<std::chrono::seconds> stuck;  ///< without progress, after which a trial hangs
};

struct RunOptions {
  ScriptOptions script;
  LaunchOptions launch;
};

struct ResumeOptions {
  std::string study;
  LaunchOptions launch;
};

/// Of the trials that failed, if only these are wanted, those that the query finds, if there is one. One of
/// the two must be said.
struct RerunOptions {
  std::string study;
  bool failed = false;
  std::optional<std::string> where;
  LaunchOptions launch;
};

/// Who follows a run.
struct RunWatch {
  std::function<std::unique_ptr<RunObserver>()> observer;  ///< asked for once, before the first trial
  Notes notes;
  Notes progress;  ///< what takes a while before that
};

/// A trial of a run as it stands at its end.
struct RanTrial {
  std::string hash;
  std::string row;  ///< label
  std::int64_t seed = 0;
  Phase phase = Phase::waiting;
  std::string error;
};

enum class RunEnd { nothing_chosen, interrupted_before, interrupted, complete };

/// What came of running a plan. The report is written where the run was complete, whatever its trials did.
struct PlanRun {
  Plan plan;
  RunEnd end = RunEnd::complete;
  std::vector<RanTrial> trials;
  std::filesystem::path report;  ///< its folder
  std::string without_charts;    ///< why the report has no charts as SVG; empty: it has

  std::int64_t count(Phase phase) const;
};

/// Checks a study, runs what is missing of its plan, and writes its report. Nothing is stored where a check
/// fails, which throws with all that was found.
PlanRun run_study(const RunOptions& options, const Places& places, const RunWatch& watch);

/// The same with the study's stored plan, without its script.
PlanRun resume_study(const ResumeOptions& options, const Places& places, const RunWatch& watch);

/// Makes a new attempt at chosen trials of the stored plan; the others are left alone.
SPANLAB_API PlanRun rerun_study(const RerunOptions& options, const Places& places, const RunWatch& watch);

}  // namespace spanlab::host::app
