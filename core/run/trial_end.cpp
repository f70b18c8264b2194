// SPDX-License-Identifier: MIT
#include "run/trial_end.hpp"

#include <unistd.h>

#include <csignal>

#include "run/exit_code.hpp"

namespace spanlab::host {

namespace {

bool is_exit(const ChildEnd& end, ExitCode code) { return end.exit_code == static_cast<int>(code); }

// A process that begins its trial writes its own id over this one's.
bool begun(const AttemptStatus& status) { return status.process != getpid(); }

// A process says in the status what it found to hold for all trials. What a component does to the process
// says nothing about others, whatever the exit code.
bool holds_for_all(const AttemptStatus& status, const ChildEnd& end) {
  const bool told = tells_error(end.exit_code);
  if (!begun(status)) return told || end.exit_code == Child::kCannotStart;
  const bool found = told && status.state == AttemptState::interrupted && !status.error.empty();
  const bool unwritten = status.state == AttemptState::running && is_exit(end, ExitCode::environment);
  return found || unwritten;
}

bool ended_from_outside(const AttemptStatus& status, const ChildEnd& end, bool stopping) {
  if (end.stuck.count() > 0) return false;
  if (!begun(status) && end.signal != 0) return true;
  if (stopping && end.signal == SIGKILL) return true;
  return is_exit(end, ExitCode::interrupted) || end.signal == SIGTERM || end.signal == SIGINT ||
         end.signal == SIGHUP;
}

}  // namespace

ProcessEnding trial_ending(const AttemptStatus& status, const ChildEnd& end, bool stopping) {
  if (status.state == AttemptState::finished) return ProcessEnding::finished;
  if (status.state == AttemptState::failed) return ProcessEnding::failed;
  if (holds_for_all(status, end)) return ProcessEnding::stops_the_run;
  return ended_from_outside(status, end, stopping) ? ProcessEnding::interrupted : ProcessEnding::crashed;
}

std::string crash_reason(const ChildEnd& end, const std::vector<std::string>& tail) {
  if (end.exit_code == Child::kCannotLog) return "its log.txt cannot be opened";
  const bool known = end.signal != 0 || !end.calls.empty() || tail.empty();
  return known ? end_text(end) : tail.back();
}

}  // namespace spanlab::host
