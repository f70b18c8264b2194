// SPDX-License-Identifier: MIT
#include "store/attempt_status.hpp"

#include <array>

#include "files/files.hpp"
#include "sdk/json_value.hpp"
#include "spanlab/error.hpp"
#include "spanlab/json_fields.hpp"

namespace spanlab::host {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::string_view, 4> kAttemptStates{"running", "finished", "failed", "interrupted"};

void sync_tree(const fs::path& folder) {
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) sync_file(entry.path());
    if (entry.is_directory()) sync_folder(entry.path());
  }
  sync_folder(folder);
}

}  // namespace

std::string_view to_text(AttemptState state) { return kAttemptStates.at(static_cast<std::size_t>(state)); }

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
  replace_file(attempt_folder / kStatusFile, to_json(status).dump() + '\n', durability);
}

}  // namespace spanlab::host
