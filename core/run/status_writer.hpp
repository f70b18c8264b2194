// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "store/attempt.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host {

/// Keeps status.json of an attempt up to date: a heartbeat every second, from a thread of its own, so that a
/// long step does not look like a dead process; and the end, once.
class SPANLAB_API StatusWriter {
 public:
  explicit StatusWriter(Attempt attempt);
  ~StatusWriter();

  void progress(std::int64_t step, std::int64_t steps, double loss);

  /// Heartbeat after heartbeat could not be written (a full disk): the training should end. One that fails is
  /// passed over.
  bool broken() const { return broken_; }

  /// Stops the heartbeat and writes the last status. Throws Error(environment) where it cannot be written;
  /// the attempt is then not finished.
  void end(AttemptState state, const std::string& error);

 private:
  void beat();
  void write();
  void fill();
  void join();

  Attempt attempt_;
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
  double seconds_before_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool ending_ = false;
  std::atomic<bool> broken_ = false;
  int failures_ = 0;  // heartbeats in a row that could not be written
  std::thread thread_;
};

}  // namespace spanlab::host
