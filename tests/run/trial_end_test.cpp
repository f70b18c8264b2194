// SPDX-License-Identifier: MIT
#include "run/trial_end.hpp"

#include <unistd.h>

#include <csignal>

#include "test.hpp"

namespace spanlab {

namespace {

// Of a process that has begun its trial, or has not yet.
AttemptStatus status(AttemptState state, bool begun, const std::string& error = "") {
  AttemptStatus status;
  status.state = state;
  status.process = begun ? getpid() + 1 : getpid();
  status.error = error;
  return status;
}

ChildEnd exited(int code) { return {.exit_code = code}; }
ChildEnd killed_by(int signal) { return {.exit_code = 128 + signal, .signal = signal}; }

void check(ProcessEnding expected, const AttemptStatus& status, const ChildEnd& end, bool stopping = false) {
  BOOST_TEST((trial_ending(status, end, stopping) == expected));
}

}  // namespace

BOOST_AUTO_TEST_CASE(what_the_status_says_goes_before_the_exit_code) {
  check(ProcessEnding::finished, status(AttemptState::finished, true), killed_by(SIGSEGV));
  check(ProcessEnding::failed, status(AttemptState::failed, true, "nan"), exited(1));
}

BOOST_AUTO_TEST_CASE(an_error_of_others_too_stops_the_run) {
  check(ProcessEnding::stops_the_run, status(AttemptState::interrupted, true, "changed data"), exited(4));
  check(ProcessEnding::stops_the_run, status(AttemptState::running, true), exited(5));
  check(ProcessEnding::stops_the_run, status(AttemptState::running, false), exited(3));
  check(ProcessEnding::stops_the_run, status(AttemptState::running, false), exited(Child::kCannotStart));
}

BOOST_AUTO_TEST_CASE(a_components_exit_code_is_its_own) {
  check(ProcessEnding::crashed, status(AttemptState::running, true), exited(3));
  check(ProcessEnding::crashed, status(AttemptState::running, true), exited(9));
  check(ProcessEnding::crashed, status(AttemptState::running, true), killed_by(SIGSEGV));
  check(ProcessEnding::crashed, status(AttemptState::running, true), killed_by(SIGKILL));
}

BOOST_AUTO_TEST_CASE(what_comes_from_outside_interrupts) {
  check(ProcessEnding::interrupted, status(AttemptState::running, true), exited(130));
  check(ProcessEnding::interrupted, status(AttemptState::running, true), killed_by(SIGTERM));
  check(ProcessEnding::interrupted, status(AttemptState::running, false), killed_by(SIGSEGV));
  check(ProcessEnding::interrupted, status(AttemptState::running, true), killed_by(SIGKILL), true);
}

BOOST_AUTO_TEST_CASE(a_crash_says_how) {
  BOOST_TEST(crash_reason(killed_by(SIGKILL), {"last"}) ==
             "killed by signal 9 (Killed): by a user, or by the system for want of memory");
  BOOST_TEST(crash_reason(killed_by(SIGSEGV), {"last"}) == "crashed by signal 11 (Segmentation fault)");
  BOOST_TEST(crash_reason(exited(Child::kCannotLog), {}) == "its log.txt cannot be opened");
  BOOST_TEST(crash_reason(exited(9), {}) == "ended with exit code 9");
  BOOST_TEST(crash_reason(exited(9), {"first", "last"}) == "last");
}

BOOST_AUTO_TEST_CASE(a_crash_says_what_it_was_in) {
  const auto reason = [](ChildEnd end) {
    end.calls = " in loss/bce of /a/bce.so, forward";
    return crash_reason(end, {"last"});
  };
  BOOST_TEST(reason(killed_by(SIGKILL)) ==
             "killed by signal 9 (Killed) in loss/bce of /a/bce.so, forward: by a user, or by the system for "
             "want of memory");
  BOOST_TEST(reason(killed_by(SIGSEGV)) ==
             "crashed by signal 11 (Segmentation fault) in loss/bce of /a/bce.so, forward");
  BOOST_TEST(reason(exited(0)) == "ended with exit code 0 in loss/bce of /a/bce.so, forward");
}

BOOST_AUTO_TEST_CASE(a_trial_that_hangs_has_failed_by_itself) {
  ChildEnd hung = killed_by(SIGKILL);
  hung.stuck = std::chrono::minutes(10);
  check(ProcessEnding::crashed, status(AttemptState::running, true), hung);
  check(ProcessEnding::crashed, status(AttemptState::running, false), hung);
  BOOST_TEST(crash_reason(hung, {"last"}) == "hung: ended after 10 min without progress (--stuck)");
  hung.calls = " in loss/bce of /a/bce.so, forward";
  hung.stuck = std::chrono::hours(2);
  BOOST_TEST(crash_reason(hung, {}) ==
             "hung in loss/bce of /a/bce.so, forward: ended after 2 h without progress (--stuck)");
}

}  // namespace spanlab
