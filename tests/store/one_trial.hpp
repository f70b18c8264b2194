// SPDX-License-Identifier: MIT
#pragma once

#include <sys/stat.h>
#include <unistd.h>
#include <fstream>

#include "store/run_store.hpp"
#include "files/files.hpp"
#include "made_plan.hpp"
#include "made_record.hpp"
#include "spanlab/error.hpp"
#include "store/attempt.hpp"
#include "test.hpp"

namespace spanlab::test {

inline bool says(const Error& error, ErrorKind kind, const std::string& part) {
  return error.kind() == kind && std::string(error.what()).find(part) != std::string::npos;
}

/// Works on the first trial of a plan without a process.
struct OneTrial {
  TemporaryFolder folder;
  RunStore store{folder.path() / "runs"};
  Plan plan = made_plan("one", {1}, {7});
  std::string hash = plan.trials[0].hash;

  OneTrial() { prepare_trial(store, plan.trials[0]); }

  Attempt open() {
    std::optional<FileLock> lock = FileLock::attempt(store.trial_lock(hash));
    BOOST_REQUIRE(lock.has_value());
    return open_attempt(store, hash, *lock);
  }
  void end(Attempt attempt, AttemptState state) {
    if (state == AttemptState::finished)
      append_line(attempt.folder / kMetricsFile, metrics_line(test::made_final(50)));
    attempt.status.state = state;
    write_status(attempt.folder, attempt.status);
  }
};

}  // namespace spanlab::test
