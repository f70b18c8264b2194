// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "run/child.hpp"
#include "store/run_store.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host {

/// What the end of a trial's process means to the run.
enum class ProcessEnding {
  finished,
  failed,        ///< the trial itself, and its status says why
  crashed,       ///< the trial itself, and only its process' end says so
  interrupted,   ///< by something outside; it may go on from there
  stops_the_run  ///< what it found holds for the other trials too
};

/// Goes by what the process wrote last into `status`, and by how it ended. `stopping`: the run is asking its
/// trials to end.
SPANLAB_API ProcessEnding trial_ending(const AttemptStatus& status, const ChildEnd& end, bool stopping);

/// Why a trial crashed, for its status; `tail`: the last lines of its log.
SPANLAB_API std::string crash_reason(const ChildEnd& end, const std::vector<std::string>& tail);

}  // namespace spanlab::host
