// SPDX-License-Identifier: MIT
#include "lua/watchdog.hpp"

#include <unistd.h>

#include <chrono>

#include "run/exit_code.hpp"

namespace spanlab::host::lua {

Watchdog::Watchdog(std::string script, int seconds)
    : message_(
          fmt::format("{}: has not come to its end after {} seconds; an endless loop?\n", script, seconds)),
      thread_(&Watchdog::wait, this, seconds) {}

Watchdog::~Watchdog() {
  {
    std::lock_guard lock(mutex_);
    done_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void Watchdog::wait(int seconds) {
  std::unique_lock lock(mutex_);
  if (changed_.wait_for(lock, std::chrono::seconds(seconds), [this] { return done_; })) return;
  // The script's thread may hold any lock and will not come back: nothing of the process can be tidied up.
  [[maybe_unused]] const ssize_t written = write(STDERR_FILENO, message_.data(), message_.size());
  _exit(static_cast<int>(ExitCode::usage));
}

}  // namespace spanlab::host::lua
