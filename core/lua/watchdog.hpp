// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace spanlab::host::lua {

/// Ends the process with exit code 2 and the script's name if it is not destroyed within `seconds`: the last
/// net for loops inside Lua's C functions, which neither the instruction limit nor an exception can reach.
class Watchdog {
 public:
  Watchdog(std::string script, int seconds);
  ~Watchdog();
  Watchdog(const Watchdog&) = delete;

 private:
  void wait(int seconds);

  std::string message_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool done_ = false;
  std::thread thread_;
};

}  // namespace spanlab::host::lua
