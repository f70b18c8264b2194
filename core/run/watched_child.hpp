// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>

#include "run/child.hpp"
#include "sdk/current_call.hpp"

namespace spanlab::host {

/// Tells when nothing has happened for too long. Time in which nobody could look does not count: the machine
/// slept, or this process was stopped as well.
class SPANLAB_API Patience {
 public:
  using Clock = std::chrono::steady_clock;

  /// Patience of 0 has no end.
  explicit Patience(std::chrono::seconds limit) : limit_(limit) {}

  /// `calls` and `steps` are done at `now`; false once neither has changed for the limit.
  bool lasts(std::uint64_t calls, std::int64_t steps, Clock::time_point now);

 private:
  std::chrono::seconds limit_;
  std::optional<Clock::time_point> looked_;
  Clock::duration idle_{0};
  std::uint64_t calls_ = 0;
  std::int64_t steps_ = 0;
};

/// A process of this program that keeps on a page what its components do: `--calls FD` is added to its
/// arguments. Its end says what it was in.
class SPANLAB_API WatchedChild {
 public:
  /// Throws CannotStart. Ended as hanging after `stuck` without progress; 0: never.
  WatchedChild(ChildSetup setup, std::chrono::seconds stuck);

  /// How it ended, or nothing while it runs. Does not wait.
  std::optional<ChildEnd> ended();
  void send(int signal) const { child_.send(signal); }
  /// Ends it where it does nothing: to be called every now and then, with the number of its steps. A call
  /// of a component that returned is progress, too. Does nothing before it has begun to keep its calls.
  void watch(std::int64_t steps);

 private:
  std::unique_ptr<CallPage> page_;
  Child child_;
  std::chrono::seconds stuck_;
  Patience patience_;
  bool hung_ = false;
};

}  // namespace spanlab::host
