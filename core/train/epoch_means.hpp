// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>

#include "records/epoch_record.hpp"
#include "sdk/context_state.hpp"
#include "train/step.hpp"

namespace spanlab::host {

/// What the steps of an epoch add up to.
struct EpochMeans {
  std::map<std::string, RunningMean> terms;     ///< of the losses, over the steps that had them
  std::map<std::string, RunningMean> recorded;  ///< what components recorded (Context::record)

  void add(const StepLosses& losses, const std::map<std::string, RunningMean>& records);

  /// Of so many steps. Without the total where not all of them told it: a resume state of 0.1 counts none.
  EpochLosses losses(std::int64_t steps) const;
  std::map<std::string, double> log() const;
};

}  // namespace spanlab::host
