// SPDX-License-Identifier: MIT
#include "store/attempt.hpp"

#include <unistd.h>

#include <array>

#include "files/files.hpp"
#include "sdk/json_value.hpp"
#include "spanlab/json_fields.hpp"
#include "sdk/utf8.hpp"
#include "spanlab/error.hpp"

namespace spanlab {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::string_view, 4> kAttemptStates{"running", "finished", "failed", "interrupted"};
constexpr std::array<std::string_view, 5> kTrialStates{"waiting", "running", "finished", "failed",
                                                       "interrupted"};

std::string host_name() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? valid_utf8(name.data()) : "unknown";
}

void sync_tree(const fs::path& folder) {
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) sync_file(entry.path());
    if (entry.is_directory()) sync_folder(entry.path());
  }
  sync_folder(folder);
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

// What a killed process or a power cut left of trial.json is no trial.
bool is_stored(const fs::path& file, const std::string& hash) {
  std::error_code absent;
  if (!fs::is_regular_file(file, absent)) return false;
  std::vector<Problem> ignored;
  const nlohmann::json node = parse_json(read_file(file), file, 1, ignored);
  return node.is_object() && node.contains("hash") && node["hash"] == hash;
}

}  // namespace

std::string_view to_text(AttemptState state) { return kAttemptStates.at(static_cast<std::size_t>(state)); }
std::string_view to_text(TrialState state) { return kTrialStates.at(static_cast<std::size_t>(state)); }

AttemptState attempt_state(std::string_view text) {
  for (std::size_t i = 0; i < kAttemptStates.size(); ++i) {
    if (kAttemptStates[i] == text) return static_cast<AttemptState>(i);
  }
  throw Error(ErrorKind::data, "state",
              fmt::format("expected one of {}, got \"{}\"", fmt::join(kAttemptStates, ", "), text));
}

nlohmann::json to_json(const AttemptStatus& status) {
  return {{"state", to_text(status.state)},
          {"host", status.host},
          {"process", status.process},
          {"started", status.started},
          {"heartbeat", status.heartbeat},
          {"ended", status.ended},
          {"error", status.error},
          {"seconds", status.seconds},
          {"peak_memory", status.peak_memory},
          {"step", status.step},
          {"steps", status.steps},
          {"loss", status.loss}};
}

AttemptStatus attempt_status(const nlohmann::json& node) {
  std::vector<Problem> problems;
  JsonFields object(view_of(node), "status", problems);
  AttemptStatus status;
  const std::string state = object.text("state");
  status.host = object.text_or("host", "");
  status.process = object.integer_or("process", 0);
  status.started = object.text_or("started", "");
  status.heartbeat = object.text_or("heartbeat", "");
  status.ended = object.text_or("ended", "");
  status.error = object.text_or("error", "");
  status.seconds = object.number_or("seconds", 0);
  status.peak_memory = object.integer_or("peak_memory", 0);
  status.step = object.integer_or("step", 0);
  status.steps = object.integer_or("steps", 0);
  status.loss = object.any("loss").number();  // null where it is no finite number
  if (!problems.empty()) throw Error(ErrorKind::data, std::move(problems));
  status.state = attempt_state(state);
  return status;
}

void write_status(const fs::path& attempt_folder, const AttemptStatus& status) {
  Durability durability = status.state == AttemptState::running ? Durability::quick : Durability::synced;
  if (status.state == AttemptState::finished) sync_tree(attempt_folder);
  replace_file(attempt_folder / "status.json", to_json(status).dump() + '\n', durability);
}

void prepare_trial(const RunStore& store, const PlannedTrial& trial) {
  fs::path folder = store.trial_folder(trial.hash);
  make_folder(folder);
  if (is_stored(folder / "trial.json", trial.hash)) return;
  nlohmann::json node{{"hash", trial.hash},
                      {"seed", trial.seed},
                      {"configuration", trial.configuration},
                      {"identity", trial.identity}};
  replace_file(folder / "trial.json", node.dump(2) + '\n', Durability::synced);
}

Attempt open_attempt(const RunStore& store, const std::string& hash, const FileLock&) {
  std::vector<Attempt> attempts = store.attempts(hash);
  std::int64_t next = attempts.empty() ? 1 : attempts.back().number + 1;
  if (attempts.empty()) return make_attempt(store.trial_folder(hash), next);
  Attempt& newest = attempts.back();
  bool open =
      newest.status.state == AttemptState::running || newest.status.state == AttemptState::interrupted;
  if (open && fs::exists(newest.folder / "resume.safetensors")) {
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

PlannedTrial read_trial(const RunStore& store, const std::string& hash) {
  fs::path file = store.trial_folder(hash) / "trial.json";
  std::error_code unknown;
  if (fs::exists(file, unknown) && !fs::is_regular_file(file, unknown))
    throw Error(ErrorKind::data, file.string(), "is no file");
  std::vector<Problem> problems;
  const nlohmann::json node = parse_json(read_file(file), file, 1, problems);
  PlannedTrial trial;
  if (problems.empty()) {
    JsonFields object(view_of(node), file.string(), problems);
    trial.hash = object.text("hash");
    trial.seed = object.integer("seed");
    trial.configuration = json_of(object.object("configuration").view());
    trial.identity = json_of(object.object("identity").view());
    if (problems.empty() && trial.hash != hash) {
      problems.push_back({file.string(), fmt::format("hash: it is the trial {}, not that of its folder",
                                                     shortened(trial.hash, 64))});
    }
  }
  if (problems.empty()) return trial;
  problems.insert(problems.begin(),
                  {file.string(), "damaged; 'spanlab run' with the study's script writes it anew"});
  throw Error(ErrorKind::data, std::move(problems));
}

TrialStanding standing(const RunStore& store, const std::string& hash) {
  std::vector<Attempt> attempts = store.attempts(hash);
  bool locked = !attempts.empty() && is_file_locked(store.trial_lock(hash));
  if (attempts.empty()) return {};
  if (locked && attempts.back().status.state == AttemptState::running)
    return {TrialState::running, attempts.back()};
  for (auto attempt = attempts.rbegin(); attempt != attempts.rend(); ++attempt) {
    if (attempt->status.state == AttemptState::finished) return {TrialState::finished, *attempt};
  }
  bool failed = attempts.back().status.state == AttemptState::failed;
  return {failed ? TrialState::failed : TrialState::interrupted, attempts.back()};
}

}  // namespace spanlab
