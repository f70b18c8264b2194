// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "spanlab/export.hpp"

namespace spanlab {

/// Where a training stands. While a model is built, and in evaluation without training: all zeros, or the
/// totals where they are known.
struct Progress {
  std::int64_t epoch = 0;   ///< the one that is being trained, from 0
  std::int64_t epochs = 0;  ///< in all
  std::int64_t step = 0;    ///< steps done, over all epochs
  std::int64_t steps = 0;   ///< in all
  /// Share of the training that is done, in [0,1]; 0 where the totals are not known.
  double done() const { return steps > 0 ? static_cast<double>(step) / static_cast<double>(steps) : 0; }
};

/// What a component is told of the training around it, and where it may say something. A component that the
/// host did not build has an empty one, which may be used all the same: it tells nothing and keeps nothing.
class SPANLAB_API Context {
 public:
  Context() = default;

  /// For curricula and schedules: what depends on it comes out the same after an interruption.
  Progress progress() const;

  /// Writes a line into the trial's log, behind the component's place in the configuration.
  void log(std::string_view text) const;

  /// Counts a value of the current epoch, of training only. Its mean over the epoch stands in the trial's
  /// metrics and is a score path, `log.<place>.<name>`: a sampler of the task `entity` that records
  /// `mean_iou` gives `log.entity.sampler.mean_iou`. `name`: letters, digits and `_`, no digit first. Throws
  /// Error(trial) if it has another form, or if the value is not finite.
  void record(std::string_view name, double value) const;

  /// How many threads may compute here at once; 1 where the host runs the component on several threads.
  int threads() const;

  /// A folder of the run store for what is costly to make, shared by all trials that ask with the same
  /// `content`: a text that says all that the files in it depend on; the plugin's code counts by itself. It
  /// exists. Another trial may be at it at the same moment: write a file under a name of your own and rename
  /// it. Nothing where no store is at hand: the component does without.
  std::optional<std::filesystem::path> cache(std::string_view content) const;

  /// What the host gives; not for plugins.
  struct State;
  explicit Context(std::shared_ptr<const State> state) : state_(std::move(state)) {}
  const State* state() const { return state_.get(); }

 private:
  std::shared_ptr<const State> state_;
};

/// What all components have.
class SPANLAB_API Component {
 public:
  virtual ~Component();

  /// In a constructor, take the one of the setup: this one is given right after.
  const Context& context() const { return context_; }

  /// For the host, which does so once, before it calls anything else.
  void attach(Context context) { context_ = std::move(context); }

 private:
  Context context_;
};

}  // namespace spanlab
