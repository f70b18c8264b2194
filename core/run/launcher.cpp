// SPDX-License-Identifier: MIT
#include "run/launcher.hpp"

#include <chrono>
#include <csignal>
#include <map>

#include "files/files.hpp"
#include "records/attempt_files.hpp"
#include "run/checks.hpp"
#include "run/cores.hpp"
#include "run/exit_code.hpp"
#include "run/log_tail.hpp"
#include "run/running_trial.hpp"
#include "run/signals.hpp"
#include "run/trial_end.hpp"
#include "sdk/utf8.hpp"

namespace spanlab::host {

namespace fs = std::filesystem;

namespace {

constexpr int kMostTries = 3;  // of a trial that something outside interrupts

class Launcher {
 public:
  Launcher(const Plan& plan, const RunStore& store, const LaunchSetup& setup, RunObserver& observer)
      : store_(store), setup_(setup), observer_(observer) {
    view_.study = plan.study;
    std::set<std::string> seen;
    for (const PlannedTrial& trial : plan.trials) {
      if (seen.insert(trial.hash).second) {
        view_.trials.push_back({&trial, plan.rows.at(static_cast<std::size_t>(trial.row)).label});
      }
    }
    for (TrialView& trial : view_.trials) {
      concern(trial, [&] { look_up(trial, true); });
    }
    share_out_cores();
  }

  RunResult run() {
    observer_.begun(view_);
    while (true) {
      heed_interrupts();
      reap();
      if (!view_.stopping && !error_) begin_trials();
      if (running_.empty() &&
          (view_.stopping || error_ || view_.settled() == static_cast<std::int64_t>(view_.trials.size()))) {
        break;
      }
      follow();
      observer_.tick(view_);
      signals_.wait(kTickMilliseconds);
    }
    observer_.ended(view_);
    return {std::move(view_), signals_.interrupts() > 0, std::move(error_)};
  }

 private:
  static constexpr int kTickMilliseconds = 250;

  // What the store says about a trial that this run does not work on.
  void look_up(TrialView& trial, bool first) {
    TrialStanding now = standing(store_, trial.trial->hash);
    if (now.attempt) trial.attempt = *now.attempt;
    bool again = first && setup_.again.contains(trial.trial->hash);
    trial.phase = Phase::waiting;
    if (now.state == TrialState::running) trial.phase = Phase::elsewhere;
    if (now.state == TrialState::finished && !again) trial.phase = Phase::cached;
    if (first && trial.phase == Phase::cached) {
      prepare_trial(store_, *trial.trial);  // its trial.json may be damaged
    }
    if (now.state == TrialState::failed && !again) trial.phase = Phase::failed_before;
  }

  void share_out_cores() {
    std::int64_t open = view_.count(Phase::waiting) + view_.count(Phase::elsewhere);
    bool cuda = !view_.trials.empty() && device_of(*view_.trials.front().trial) == "cuda";
    shares_ = share_cores(allowed_cores(), granted_cores(), setup_.jobs == 0 && cuda ? 1 : setup_.jobs, open);
  }

  int free_slot() const {
    int slot = 0;
    while (std::any_of(running_.begin(), running_.end(),
                       [&](const RunningTrial& r) { return r.slot == slot; })) {
      ++slot;
    }
    return slot;
  }

  void begin_trials() {
    for (std::size_t i = 0; i < view_.trials.size(); ++i) {
      if (static_cast<int>(running_.size()) >= shares_.jobs || error_) return;
      if (view_.trials[i].phase == Phase::waiting) concern(view_.trials[i], [&] { begin(i); });
    }
  }

  // What is wrong with one trial's files ends that trial; where nothing can be written or started at all, the
  // run: the running trials are stopped in order, not killed.
  template <typename Action>
  void concern(TrialView& trial, const Action& action) {
    try {
      try {
        action();
      } catch (const CannotStart&) {
        throw;
      } catch (const std::exception& error) {
        check_writable(store_.root());
        trial.attempt.status.error = valid_utf8(error.what());
        change(trial, Phase::failed);
      }
    } catch (const Error& error) {
      if (!error_) error_ = error;
    }
  }

  void begin(std::size_t index) {
    TrialView& trial = view_.trials[index];
    const std::string& hash = trial.trial->hash;
    prepare_trial(store_, *trial.trial);
    std::optional<FileLock> lock = FileLock::attempt(store_.trial_lock(hash));
    TrialStanding now = standing(store_, hash);
    if (!lock) {
      if (now.attempt) trial.attempt = *now.attempt;
      return change(trial, Phase::elsewhere);
    }
    // Another runner may have dealt with it since this one looked.
    bool newer = now.attempt && now.attempt->number > trial.attempt.number;
    bool again = setup_.again.contains(hash) && !newer;
    if (!again && (now.state == TrialState::finished || now.state == TrialState::failed)) {
      trial.attempt = *now.attempt;
      return change(trial, now.state == TrialState::finished ? Phase::cached : Phase::failed_before);
    }
    trial.attempt = open_attempt(store_, hash, *lock);
    trial.begun_share = share_done(trial);
    const int slot = free_slot();
    const TrialCommand command{store_.root(), hash, trial.attempt.number, device_of(*trial.trial),
                               shares_.threads};
    running_.push_back(start_trial(index, std::move(*lock), slot, command, setup_,
                                   trial.attempt.folder / kLogFile,
                                   shares_.cores[static_cast<std::size_t>(slot)]));
    change(trial, Phase::running);
  }

  void reap() {
    std::erase_if(running_, [&](RunningTrial& running) {
      const std::optional<ChildEnd> end = running.child.ended();
      if (!end) return false;
      TrialView& trial = view_.trials[running.index];
      concern(trial, [&] {
        if (!reread(trial)) return take_up_again(trial);  // it may have finished: who takes it up will see
        settle(trial, *end, log_tail(trial.attempt.folder / kLogFile, kTailLines, running.log_begin));
      });
      return true;
    });
  }

  void settle(TrialView& trial, const ChildEnd& end, const std::vector<std::string>& tail) {
    switch (trial_ending(trial.attempt.status, end, view_.stopping)) {
      case ProcessEnding::finished:
        return change(trial, Phase::finished);
      case ProcessEnding::failed:
        return change(trial, Phase::failed, tail);
      case ProcessEnding::stops_the_run:
        stop_run(trial, end.exit_code, tail);
        [[fallthrough]];
      case ProcessEnding::interrupted:
        close_attempt(trial, AttemptState::interrupted, "");
        return take_up_again(trial);
      case ProcessEnding::crashed:
        close_attempt(trial, AttemptState::failed, crash_reason(end, tail));
        trial.attempt.status.peak_memory = end.peak_memory;
        return change(trial, Phase::failed, tail);
    }
  }

  // Unless the run is ending, or it has been tried often enough.
  void take_up_again(TrialView& trial) {
    change(trial, Phase::interrupted);
    if (!error_ && !view_.stopping && ++tries_[trial.trial->hash] < kMostTries) trial.phase = Phase::waiting;
  }

  // What a trial could not write about itself. The disk may be full: then it stays `running` without a
  // process, which means interrupted.
  void close_attempt(TrialView& trial, AttemptState state, const std::string& error) {
    if (trial.attempt.status.state != AttemptState::running) return;
    trial.attempt.status.state = state;
    trial.attempt.status.error = error;
    trial.attempt.status.ended = utc_now();
    try {
      write_status(trial.attempt.folder, trial.attempt.status);
    } catch (const std::exception&) {  // its own doing, or the store's
      check_store();
    }
  }

  // Whether the store takes files; if not, that ends the run.
  bool check_store() {
    try {
      check_writable(store_.root());
      return true;
    } catch (const Error& full) {
      if (!error_) error_ = full;
      return false;
    }
  }

  void stop_run(const TrialView& trial, int code, const std::vector<std::string>& tail) {
    if (error_ || !check_store()) return;
    std::string text = tail.empty() ? fmt::format("its process ended with exit code {}", code)
                                    : fmt::format("{}", fmt::join(tail, "\n"));
    if (!trial.attempt.status.error.empty()) text = trial.attempt.status.error;
    error_ = Error(error_kind(code), "trial " + trial.trial->hash.substr(0, 8), text);
  }

  void heed_interrupts() {
    const auto now = std::chrono::steady_clock::now();
    int asked = std::max(signals_.interrupts(), error_ ? 1 : 0);
    if (asked > 0 && asked_ == 0) stopped_ = now;
    if (asked > 0 && now - stopped_ >= setup_.grace) asked = std::max(asked, 2);
    if (asked > asked_) {
      for (const RunningTrial& running : running_) running.child.send(asked > 1 ? SIGKILL : SIGTERM);
      asked_ = asked;
    }
    view_.stopping = asked > 0;
  }

  // What cannot be read at this moment stays as it was; false then.
  bool reread(TrialView& trial) const {
    try {
      for (Attempt& attempt : store_.attempts(trial.trial->hash)) {
        if (attempt.number == trial.attempt.number) trial.attempt = std::move(attempt);
      }
      return true;
    } catch (const std::exception&) {
      return false;
    }
  }

  // Progress of the running trials, and whether another runner has let go of one.
  void follow() {
    view_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun_).count();
    for (RunningTrial& running : running_) {
      TrialView& trial = view_.trials[running.index];
      reread(trial);
      if (!view_.stopping) running.child.watch(trial.attempt.status.step);
    }
    for (TrialView& trial : view_.trials) {
      if (trial.phase == Phase::elsewhere) concern(trial, [&] { watch(trial); });
    }
  }

  void watch(TrialView& trial) {
    const bool held = is_file_locked(store_.trial_lock(trial.trial->hash));
    try {
      look_up(trial, false);
    } catch (const std::exception&) {
      if (!held) throw;
    }
    if (held) trial.phase = Phase::elsewhere;  // whatever its files say at this moment
    if (trial.phase != Phase::elsewhere) change(trial, trial.phase);
  }

  void change(TrialView& trial, Phase phase, const std::vector<std::string>& tail = {}) {
    trial.phase = phase;
    observer_.changed(view_, trial, tail);
  }

  const RunStore& store_;
  const LaunchSetup& setup_;
  RunObserver& observer_;
  Signals signals_;
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
  RunView view_;
  std::vector<RunningTrial> running_;
  std::optional<Error> error_;
  CoreShares shares_;
  std::map<std::string, int> tries_;  // how often a trial was interrupted while the run was not
  int asked_ = 0;
  std::chrono::steady_clock::time_point stopped_;
};

}  // namespace

RunResult run_trials(const Plan& plan, const RunStore& store, const LaunchSetup& setup,
                     RunObserver& observer) {
  check_writable(store.root());
  return Launcher(plan, store, setup, observer).run();
}

}  // namespace spanlab::host
