// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>

#include "run/checks.hpp"
#include "run/launcher.hpp"

namespace spanlab::host {

/// How the checks of a run ended.
struct CheckResult {
  std::optional<Error> error;  ///< what must be mended first
  bool interrupted = false;    ///< by SIGINT, SIGTERM or SIGHUP
};

/// check_plan() in a process of its own, `PROGRAM check …`: a component that ends it, or does nothing for
/// `setup.stuck`, is named then, and what it took is free again before the first trial. `waiting` is called
/// once where that takes longer than a moment. Nothing is written to the disk.
SPANLAB_API CheckResult check_apart(const Plan& plan, const LaunchSetup& setup,
                                    const std::function<void()>& waiting);

/// The other side: reads the plan from `descriptor`, and answers there. `check` is check_plan() with registry
/// and cards bound.
using CheckedPlan = std::function<std::optional<Error>(const Plan& plan)>;
SPANLAB_API void answer_check(int descriptor, const CheckedPlan& check);

}  // namespace spanlab::host
