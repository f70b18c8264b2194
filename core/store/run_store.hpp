// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "records/epoch_record.hpp"
#include "store/attempt_status.hpp"
#include "store/plan.hpp"

namespace spanlab::host {

/// One try at a trial.
struct Attempt {
  std::int64_t number = 0;
  std::filesystem::path folder;
  AttemptStatus status;
  bool torn = false;  ///< it finished, but its final scores are gone
};

/// The folder of trial directories: what it holds is true, whatever an index says. Values only; nothing is
/// cached between calls.
class SPANLAB_API RunStore {
 public:
  explicit RunStore(std::filesystem::path root);

  const std::filesystem::path& root() const { return root_; }
  std::filesystem::path trial_folder(const std::string& hash) const;
  /// Whoever works on the trial holds a FileLock on this file; a process that inherits it shares the lock.
  std::filesystem::path trial_lock(const std::string& hash) const { return trial_folder(hash) / "lock"; }
  /// Of a plan's name: of a part of a study, below the study's folder. Throws Error(usage) for what cannot
  /// name one.
  std::filesystem::path study_folder(const std::string& name) const;
  /// Features of frozen encoders (train/feature_store.hpp).
  std::filesystem::path features_folder() const { return root_ / "features"; }
  std::filesystem::path cache_folder() const { return root_ / "cache"; }

  /// By number. One that says `finished`, but whose final scores a power cut or a damage took away, is
  /// `interrupted`, with an error that says so. Throws Error(environment) where a status cannot be read now:
  /// it may say anything.
  std::vector<Attempt> attempts(const std::string& hash) const;
  std::optional<Attempt> newest_finished(const std::string& hash) const;
  /// What metrics.jsonl holds. Throws Error(data) where it is damaged before its end.
  std::vector<EpochRecord> metrics(const Attempt& attempt) const;
  /// The record that ended the attempt, whose scores count.
  std::optional<EpochRecord> final_record(const Attempt& attempt) const;
  /// environment.json, or null.
  nlohmann::json environment(const Attempt& attempt) const;
  /// Of the environment, what stands for the code of each plugin, by their names.
  std::map<std::string, std::string> plugin_code(const Attempt& attempt) const;

  /// Writes the plan as the current one of its name, and of its study; an equal plan is left as it is, a
  /// damaged one written anew.
  void save_plan(const Plan& plan) const;
  /// The current plan of that name. A study's name alone means the plan that was saved last, of the whole
  /// study or of a part; `STUDY/all` the whole. Throws Error(usage) with the nearest name, Error(data) if it
  /// is damaged.
  Plan current_plan(const std::string& name) const;
  /// Their names, and those of their parts.
  std::vector<std::string> studies() const;
  std::vector<std::string> trials() const;  ///< hashes, sorted

  /// The trial of the store whose hash begins with `prefix`. Throws Error(usage) if none or several do.
  std::string find_trial(const std::string& prefix) const;

 private:
  std::string newest_plan(const std::string& study) const;

  std::filesystem::path root_;
};

}  // namespace spanlab::host
