// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "app/places.hpp"
#include "store/run_store.hpp"
#include "study/resolve.hpp"

namespace spanlab::host::app {

/// A study's script, and what the command line has instead of its values.
struct ScriptOptions {
  std::string study;
  Overrides overrides;
};

/// Runs the script and resolves its plan, which remembers as its arguments what makes it again. Warnings
/// become notes. Throws Error(usage) with every problem.
Plan plan_of_script(const ScriptOptions& options, const Places& places, const Registry& registry,
                    const CardIndex& cards, const Notes& notes);

/// Planning needs the cards alone; but where an encoder's folder is at hand, what lies there and its card
/// does not name is told before trials count as cached. Throws Error(data).
void check_encoders(const Plan& plan, const Registry& registry, const CardIndex& cards);

/// The current plan in the store of `study`, which is a script (its study's name is taken) or a study's name.
Plan stored_plan(const std::string& study, const RunStore& store);

}  // namespace spanlab::host::app
