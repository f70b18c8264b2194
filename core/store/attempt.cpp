// SPDX-License-Identifier: MIT
#include "store/attempt.hpp"

#include <unistd.h>

#include <array>

#include "files/files.hpp"
#include "records/attempt_files.hpp"
#include "sdk/utf8.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::string_view, 5> kTrialStates{"waiting", "running", "finished", "failed",
                                                       "interrupted"};

std::string host_name() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? valid_utf8(name.data()) : "unknown";
}

AttemptStatus begun() {
  AttemptStatus status;
  status.host = host_name();
  status.process = getpid();
  status.started = status.heartbeat = utc_now();
  return status;
}

// The folder is made exclusively. Until its status is written it is `running` by whoever holds the lock.
Attempt make_attempt(const fs::path& trial_folder, std::int64_t number) {
  Attempt attempt{number, trial_folder / fmt::format("attempt-{}", number), begun()};
  std::error_code error;
  if (!fs::create_directory(attempt.folder, error)) {
    const std::string reason = error ? error.message() : "another runner has just made it";
    throw Error(ErrorKind::environment, attempt.folder.string(), "cannot be made: " + reason);
  }
  write_status(attempt.folder, attempt.status);
  sync_folder(trial_folder);  // a resume state is of use only where its folder can be reached
  return attempt;
}

}  // namespace

std::string_view to_text(TrialState state) { return kTrialStates.at(static_cast<std::size_t>(state)); }

Attempt open_attempt(const RunStore& store, const std::string& hash, const FileLock&) {
  std::vector<Attempt> attempts = store.attempts(hash);
  std::int64_t next = attempts.empty() ? 1 : attempts.back().number + 1;
  if (attempts.empty()) return make_attempt(store.trial_folder(hash), next);
  Attempt& newest = attempts.back();
  const AttemptState state = newest.status.state;
  const bool open = state == AttemptState::running || state == AttemptState::interrupted;
  if (open && fs::exists(newest.folder / kResumeFile)) {
    remove_temporary_files(newest.folder);
    AttemptStatus status = begun();
    if (!newest.status.started.empty()) status.started = newest.status.started;
    status.seconds = newest.status.seconds;
    newest.status = status;
    write_status(newest.folder, status);
    return newest;
  }
  // Nobody works on it any more, for the caller holds the lock.
  if (newest.status.state == AttemptState::running) {
    newest.status.state = AttemptState::interrupted;
    newest.status.ended = newest.status.heartbeat;
    write_status(newest.folder, newest.status);
  }
  return make_attempt(store.trial_folder(hash), next);
}

TrialStanding standing(const RunStore& store, const std::string& hash) {
  std::vector<Attempt> attempts = store.attempts(hash);
  bool locked = !attempts.empty() && is_file_locked(store.trial_lock(hash));
  if (attempts.empty()) return {};
  if (locked && attempts.back().status.state == AttemptState::running) {
    return {TrialState::running, attempts.back()};
  }
  for (auto attempt = attempts.rbegin(); attempt != attempts.rend(); ++attempt) {
    if (attempt->status.state == AttemptState::finished) return {TrialState::finished, *attempt};
  }
  bool failed = attempts.back().status.state == AttemptState::failed;
  return {failed ? TrialState::failed : TrialState::interrupted, attempts.back()};
}

}  // namespace spanlab::host
