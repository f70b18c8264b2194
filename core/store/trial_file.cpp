// SPDX-License-Identifier: MIT
#include "store/trial_file.hpp"

#include "files/files.hpp"
#include "sdk/json_value.hpp"
#include "sdk/utf8.hpp"
#include "spanlab/error.hpp"
#include "spanlab/json_fields.hpp"

namespace spanlab::host {

namespace fs = std::filesystem;

namespace {

// What a killed process or a power cut left of trial.json is no trial.
bool is_stored(const fs::path& file, const std::string& hash) {
  std::error_code absent;
  if (!fs::is_regular_file(file, absent)) return false;
  std::vector<Problem> ignored;
  const nlohmann::json node = parse_json(read_file(file), file, 1, ignored);
  return node.is_object() && node.contains("hash") && node["hash"] == hash;
}

}  // namespace

void prepare_trial(const RunStore& store, const PlannedTrial& trial) {
  fs::path folder = store.trial_folder(trial.hash);
  make_folder(folder);
  if (is_stored(folder / kTrialFile, trial.hash)) return;
  nlohmann::json node{{"hash", trial.hash},
                      {"seed", trial.seed},
                      {"configuration", trial.configuration},
                      {"identity", trial.identity}};
  replace_file(folder / kTrialFile, node.dump(2) + '\n', Durability::synced);
}

PlannedTrial read_trial(const RunStore& store, const std::string& hash) {
  fs::path file = store.trial_folder(hash) / kTrialFile;
  std::error_code unknown;
  if (fs::exists(file, unknown) && !fs::is_regular_file(file, unknown)) {
    throw Error(ErrorKind::data, file.string(), "is no file");
  }
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

}  // namespace spanlab::host
