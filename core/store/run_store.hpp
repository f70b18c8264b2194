// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "store/plan.hpp"

namespace spanlab {

enum class AttemptState { running, finished, failed, interrupted };

/// status.json of an attempt.
struct AttemptStatus {
  AttemptState state = AttemptState::running;
  std::string host;
  std::int64_t process = 0;
  std::string started;  ///< ISO 8601, UTC
  std::string heartbeat;
  std::string ended;             ///< empty while running
  std::string error;             ///< empty unless failed or torn: what the tables show
  double seconds = 0;            ///< wall time so far
  std::int64_t peak_memory = 0;  ///< bytes
  std::int64_t step = 0;
  std::int64_t steps = 0;
  double loss = 0;
};

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
  std::filesystem::path study_folder(const std::string& study) const;
  /// Features of frozen encoders (train/feature_store.hpp).
  std::filesystem::path features_folder() const { return root_ / "features"; }

  /// By number. One that says `finished`, but whose final scores a power cut or a damage took away, is
  /// `interrupted`, with an error that says so. Throws Error(environment) where a status cannot be read now:
  /// it may say anything.
  std::vector<Attempt> attempts(const std::string& hash) const;
  std::optional<Attempt> newest_finished(const std::string& hash) const;
  std::vector<nlohmann::json> metrics(const Attempt& attempt) const;  ///< lines of metrics.jsonl
  nlohmann::json final_scores(const Attempt& attempt) const;  ///< the line with "final": true, or null
  nlohmann::json environment(const Attempt& attempt) const;   ///< environment.json, or null

  /// Writes the plan as the study's current one; an equal plan is left as it is, a damaged one written anew.
  void save_plan(const Plan& plan) const;
  /// The study's current plan. Throws Error(usage) with the nearest study name, Error(data) if it is damaged.
  Plan current_plan(const std::string& study) const;
  std::vector<std::string> studies() const;
  std::vector<std::string> trials() const;  ///< hashes, sorted

  /// The trial of the store whose hash begins with `prefix`. Throws Error(usage) if none or several do.
  std::string find_trial(const std::string& prefix) const;

 private:
  std::filesystem::path root_;
};

}  // namespace spanlab
