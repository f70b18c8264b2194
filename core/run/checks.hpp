// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "data/card.hpp"
#include "plugin/registry.hpp"
#include "spanlab/error.hpp"
#include "store/run_store.hpp"
#include "train/checks.hpp"

namespace spanlab::host {

/// Of each row that has trials to run, the first of them: trials of a row differ in the seed alone, so that
/// these stand for all. To run are those that neither finished nor failed, and those of `again`.
SPANLAB_API Plan rows_to_run(const Plan& plan, const RunStore& store, const std::set<std::string>& again);

/// What of a plan's inputs is not on this machine: folders of data sets and pretrained encoders, a device.
SPANLAB_API std::vector<Problem> absent_inputs(const Plan& plan, const Registry& registry,
                                               const CardIndex& cards);

/// Everything that trials of the plan would stumble over before their first step, found without storing
/// anything: what is absent or slow here, what changed since the plan was made, and all that check_rows()
/// finds. Of rows_to_run() it looks at what is to run alone.
SPANLAB_API std::optional<Error> check_plan(const Plan& plan, const Registry& registry,
                                            const CardIndex& cards);

}  // namespace spanlab::host
