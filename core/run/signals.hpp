// SPDX-License-Identifier: MIT
#pragma once

#include <csignal>
#include <utility>
#include <vector>

#include "spanlab/export.hpp"

namespace spanlab::host {

/// While this object lives, SIGINT, SIGTERM and SIGHUP are counted instead of ending the process, but for
/// those that were ignored before: `nohup`, and a shell that starts a program in the background, mean that.
/// One at a time.
class SPANLAB_API Signals {
 public:
  Signals();
  ~Signals();
  Signals(const Signals&) = delete;

  /// How often the user asked to stop.
  int interrupts() const;

  /// Returns when a signal came, a child process ended or `milliseconds` have passed.
  void wait(int milliseconds);

 private:
  int read_end_ = -1;
  int write_end_ = -1;
  std::vector<std::pair<int, struct sigaction>> before_;
};

}  // namespace spanlab::host
