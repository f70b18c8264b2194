// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "store/attempt.hpp"
#include "store/query.hpp"

namespace spanlab::host {

/// A trial as the index knows it.
struct IndexedTrial {
  std::string hash;
  std::int64_t seed = 0;
  TrialState state = TrialState::waiting;
  std::int64_t attempts = 0;
  std::string started;  ///< of the attempt that the state is about
  double seconds = 0;
  std::string error;
};

class IndexDatabase;

/// An SQLite index over a run store, `index.sqlite` in its root, for queries. It holds nothing that the trial
/// folders do not: it may be deleted at any time, is brought up to date when it is opened, built anew
/// whenever it does not answer, and kept in memory where the store gives it no room (one that may only be
/// read, a full disk).
class SPANLAB_API Index {
 public:
  explicit Index(const RunStore& store);
  ~Index();

  /// What is wrong with each trial that cannot be read and was left out: its file and the reason.
  const std::vector<std::string>& skipped() const;

  /// Trials that meet every condition, by start time, then hash. Throws Error(usage) with the nearest known
  /// path.
  std::vector<IndexedTrial> select(std::span<const Condition> conditions) const;

  /// The value at a path of a trial's configuration or final scores as text; a missing average means micro.
  std::optional<std::string> value(const std::string& hash, const std::string& path) const;

 private:
  std::unique_ptr<IndexDatabase> database_;
};

}  // namespace spanlab::host
