// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <mutex>

#include "spanlab/context.hpp"

// The host's side of Context.

namespace spanlab::host {

/// The mean of values that come one after another.
struct RunningMean {
  double sum = 0;
  std::int64_t count = 0;

  /// Of one value at least.
  double value() const { return sum / static_cast<double>(count); }
  RunningMean& operator+=(const RunningMean& more) {
    sum += more.sum;
    count += more.count;
    return *this;
  }
};

/// What the components of one training are told, and what they say.
class SPANLAB_API TrialContext {
 public:
  /// Whether every number that a component gives is looked at.
  bool checks_values = false;
  /// Takes a line for the log; absent: lines are lost.
  std::function<void(const std::string&)> log = {};
  /// The folder of this content, made; absent: there is none.
  std::function<std::filesystem::path(const std::string& content)> cache = {};

  /// Says where the training stands and forgets what was recorded, which evaluation did.
  void begin_step(const Progress& progress);
  Progress progress() const;

  void record(const std::string& path, double value);
  /// What was recorded since the step began.
  std::map<std::string, RunningMean> take_records();

 private:
  Progress progress_;
  mutable std::mutex mutex_;  // components may have threads of their own
  std::map<std::string, RunningMean> records_;
};

/// For a component at `place` of the configuration, such as `entity.loss.classify`, of a training or of none.
SPANLAB_API Context context_at(std::shared_ptr<TrialContext> trial, std::string place);

/// The context of a component inside the one that has `outer`.
Context context_inside(const Context& outer, const std::string& name);

/// The context of a component that is known now: `loss/bce of /…/bce.so`, and what stands for its code.
SPANLAB_API Context named(const Context& context, std::string component, std::string code = "");

}  // namespace spanlab::host

namespace spanlab {

struct Context::State {
  std::string place;      ///< empty: none
  std::string component;  ///< what and where from; empty: not known
  std::string code;       ///< what stands for its code in a trial's identity
  std::shared_ptr<host::TrialContext> trial;
};

}  // namespace spanlab
