// SPDX-License-Identifier: MIT
#include "run/status_writer.hpp"

#include <sys/resource.h>

#include "files/files.hpp"

namespace spanlab {

StatusWriter::StatusWriter(Attempt attempt)
    : attempt_(std::move(attempt)), seconds_before_(attempt_.status.seconds), thread_([this] { beat(); }) {}

StatusWriter::~StatusWriter() { join(); }

void StatusWriter::progress(std::int64_t step, std::int64_t steps, double loss) {
  std::lock_guard guard(mutex_);
  attempt_.status.step = step;
  attempt_.status.steps = steps;
  attempt_.status.loss = loss;
}

void StatusWriter::end(AttemptState state, const std::string& error) {
  join();
  if (reason_ && state == AttemptState::finished) std::rethrow_exception(reason_);
  fill();
  attempt_.status.state = state;
  attempt_.status.error = error;
  attempt_.status.ended = utc_now();
  write_status(attempt_.folder, attempt_.status);
}

void StatusWriter::beat() {
  std::unique_lock lock(mutex_);
  while (!ending_) {
    fill();
    try {
      write_status(attempt_.folder, attempt_.status);
    } catch (...) {
      reason_ = std::current_exception();
      broken_ = true;
      return;
    }
    wake_.wait_for(lock, std::chrono::seconds(1), [this] { return ending_; });
  }
}

void StatusWriter::fill() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  std::chrono::duration<double> since = std::chrono::steady_clock::now() - begun_;
  attempt_.status.seconds = seconds_before_ + since.count();
  attempt_.status.heartbeat = utc_now();
  attempt_.status.peak_memory = std::int64_t{used.ru_maxrss} * 1024;
}

void StatusWriter::join() {
  {
    std::lock_guard guard(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

}  // namespace spanlab
