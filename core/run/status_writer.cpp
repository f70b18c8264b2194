// SPDX-License-Identifier: MIT
#include "run/status_writer.hpp"

#include <sys/resource.h>

#include "files/files.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host {

StatusWriter::StatusWriter(Attempt attempt)
    : attempt_(std::move(attempt)), seconds_before_(attempt_.status.seconds) {
  write();
  thread_ = std::thread([this] { beat(); });
}

StatusWriter::~StatusWriter() { join(); }

void StatusWriter::progress(std::int64_t step, std::int64_t steps, double loss) {
  std::lock_guard guard(mutex_);
  attempt_.status.step = step;
  attempt_.status.steps = steps;
  attempt_.status.loss = loss;
}

void StatusWriter::end(AttemptState state, const std::string& error) {
  join();
  fill();
  attempt_.status.state = state;
  attempt_.status.error = error;
  attempt_.status.ended = utc_now();
  write_status(attempt_.folder, attempt_.status);
}

void StatusWriter::beat() {
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, std::chrono::seconds(1), [this] { return ending_; })) write();
}

void StatusWriter::write() {
  constexpr int kLasting = 10;
  fill();
  try {
    write_status(attempt_.folder, attempt_.status);
    failures_ = 0;
  } catch (const std::exception&) {  // what leaves this thread would end the process
    if (++failures_ >= kLasting) broken_ = true;
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

}  // namespace spanlab::host
