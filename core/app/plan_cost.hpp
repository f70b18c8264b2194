// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>

#include "data/card.hpp"
#include "plugin/registry.hpp"
#include "store/run_store.hpp"

namespace spanlab::host::app {

/// What the trials that a plan still lacks will take.
struct PlanCost {
  std::optional<std::int64_t> bytes;  ///< on disk; nothing where that cannot be said
  std::optional<double> seconds;      ///< of computing; nothing without stored trials to go by
  std::int64_t measured = 0;          ///< stored trials that the estimate rests on
};

/// Goes by finished trials of the store that have the same data, encoder and training; for the disk, else by
/// the size of the pretrained weights. The features of frozen encoders are counted once for all trials that
/// share them.
PlanCost estimate_cost(const Plan& plan, const std::set<std::string>& cached, const RunStore& store,
                       const CardIndex& cards, const Registry& registry);

}  // namespace spanlab::host::app
