// SPDX-License-Identifier: MIT
#pragma once

#include <utility>

#include "spanlab/error.hpp"

namespace spanlab::host {

/// Does what components have a hand in while a trial trains. What they throw there is a fault of this trial
/// alone, whatever kind they say: it comes out as Error(trial). Only what the host finds by itself holds for
/// other trials too.
template <typename Action>
auto own_fault(Action&& action) {
  try {
    return std::forward<Action>(action)();
  } catch (const Error& error) {
    throw Error(ErrorKind::trial, error.problems());
  }
}

}  // namespace spanlab::host
