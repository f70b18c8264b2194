// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "store/attempt.hpp"
#include "store/query.hpp"

namespace spanlab {

/// A trial as the index knows it.
struct IndexedTrial {
  std::string hash;
  std::int64_t seed = 0;
  TrialState state = TrialState::waiting;
  std::int64_t attempts = 0;
  std::string started;   ///< of the attempt that the state is about
  double seconds = 0;
  std::string error;
};

/// An SQLite index over a run store, `index.sqlite` in its root, for queries. It holds nothing that the trial folders do not: it may be
/// deleted at any time, and is brought up to date (or rebuilt, where it is damaged) when it is opened.
class SPANLAB_API Index {
 public:
  explicit Index(const RunStore& store);
  ~Index();

  /// Trials that meet every condition, by start time, then hash. Throws Error(usage) with the nearest known path.
  std::vector<IndexedTrial> select(std::span<const Condition> conditions) const;

  /// The value at a path of a trial's configuration or final scores as text; a missing average means micro.
  std::optional<std::string> value(const std::string& hash, const std::string& path) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace spanlab
