// SPDX-License-Identifier: MIT
#include "run/run_view.hpp"

#include <array>
#include <cmath>

namespace spanlab::host {

std::string_view to_text(Phase phase) {
  constexpr std::array<std::string_view, 8> kNames{"waiting", "running", "elsewhere",     "finished",
                                                   "cached",  "failed",  "failed before", "interrupted"};
  return kNames.at(static_cast<std::size_t>(phase));
}

std::int64_t RunView::count(Phase phase) const {
  return std::count_if(trials.begin(), trials.end(),
                       [&](const TrialView& trial) { return trial.phase == phase; });
}

std::int64_t RunView::settled() const {
  return static_cast<std::int64_t>(trials.size()) - count(Phase::waiting) - count(Phase::running) -
         count(Phase::elsewhere);
}

double share_done(const TrialView& trial) {
  const AttemptStatus& status = trial.attempt.status;
  return status.steps > 0
             ? std::min(1.0, static_cast<double>(status.step) / static_cast<double>(status.steps))
             : 0.0;
}

double seconds_left(const RunView& view) {
  double done = 0;
  double open = 0;
  for (const TrialView& trial : view.trials) {
    if (trial.phase == Phase::finished) done += 1 - trial.begun_share;
    if (trial.phase == Phase::waiting) open += 1;
    if (trial.phase != Phase::running) continue;
    done += std::max(0.0, share_done(trial) - trial.begun_share);
    open += 1 - share_done(trial);
  }
  constexpr double kEnough = 0.1;  // of one trial; less says nothing about the pace
  return done < kEnough ? -1 : view.seconds * open / done;
}

std::string duration_text(double seconds) {
  std::int64_t whole = std::llround(std::max(0.0, seconds));
  if (whole < 3600) return fmt::format("{}:{:02}", whole / 60, whole % 60);
  return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
}

}  // namespace spanlab::host
