// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/attempt.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host {

/// A trial of the run as the launcher sees it. `cached` was finished before; `elsewhere` is another runner's;
/// `failed_before` stays as it is until `rerun`.
enum class Phase { waiting, running, elsewhere, finished, cached, failed, failed_before, interrupted };

SPANLAB_API std::string_view to_text(Phase phase);

struct TrialView {
  const PlannedTrial* trial = nullptr;
  std::string label;  ///< of its row
  Phase phase = Phase::waiting;
  Attempt attempt;         ///< the one that the phase is about, once there is one
  double begun_share = 0;  ///< of the work, done before this run took it up
};

/// A run at one moment: what progress displays are made from.
struct SPANLAB_API RunView {
  std::string study;
  std::vector<TrialView> trials;  ///< in the plan's order, each hash once
  double seconds = 0;             ///< since the run began
  bool stopping = false;          ///< interrupted, waiting for trials to write their resume state

  std::int64_t count(Phase phase) const;
  /// Trials that no longer change in this run.
  std::int64_t settled() const;
};

/// Share of a trial's steps that are done, in [0, 1].
double share_done(const TrialView& trial);

/// Seconds that the rest of the run will take at its pace so far; negative where nothing can be said yet.
SPANLAB_API double seconds_left(const RunView& view);

/// `0:07`, `12:34`, `1:02:03`.
SPANLAB_API std::string duration_text(double seconds);

/// Is told what happens in a run.
class RunObserver {
 public:
  virtual ~RunObserver() = default;
  virtual void begun(const RunView& view) = 0;
  /// `trial` has a new phase. `tail` has the last lines of its log where it failed.
  virtual void changed(const RunView& view, const TrialView& trial, const std::vector<std::string>& tail) = 0;
  /// Some time has passed.
  virtual void tick(const RunView& view) = 0;
  virtual void ended(const RunView& view) = 0;
};

}  // namespace spanlab::host
