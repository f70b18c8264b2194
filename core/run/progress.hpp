// SPDX-License-Identifier: MIT
#pragma once

#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

#include "run/run_view.hpp"

namespace spanlab::host {

/// The lines of the live table at one moment, none wider than `columns`, at most `rows`: a summary, a bar
/// over the whole run, and a line for each trial that runs, as far as there is room.
SPANLAB_API std::vector<std::string> live_lines(const RunView& view, int columns, int rows);

/// What is said about a failed trial, with the tail of its log.
SPANLAB_API std::vector<std::string> failure_lines(const TrialView& trial,
                                                   const std::vector<std::string>& tail);

/// `12 trials: 3 cached, 2 running, 7 waiting`; only what there is.
SPANLAB_API std::string counts_text(const RunView& view);

/// Draws `live_lines` again and again at the bottom of the terminal on standard error; failures scroll by
/// above it.
SPANLAB_API std::unique_ptr<RunObserver> live_progress(std::ostream& err, bool color);

/// A line for each trial that begins or ends, and a summary from time to time: for logs and pipes.
SPANLAB_API std::unique_ptr<RunObserver> plain_progress(std::ostream& err);

/// Nothing but failures.
SPANLAB_API std::unique_ptr<RunObserver> quiet_progress(std::ostream& err);

}  // namespace spanlab::host
