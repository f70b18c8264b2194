// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/places.hpp"
#include "store/index.hpp"
#include "store/run_store.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host::app {

/// Trials of the run store that a query finds, and what can be asked about them.
struct FoundTrials {
  RunStore store;
  std::unique_ptr<Index> index;  ///< null: there is no store
  std::vector<IndexedTrial> trials;
  std::vector<std::string> asked;  ///< paths of the query that lead to values and scores
};

/// All trials, or those that the query `where` finds. What cannot be read becomes notes.
SPANLAB_API FoundTrials find_trials(const std::optional<std::string>& where, const Places& places,
                                    const Notes& notes);

/// All that is known of each, as text of JSON: what the index says, its configuration, and its final scores
/// or null.
SPANLAB_API std::string whole_trials(const FoundTrials& found, const Notes& notes);

}  // namespace spanlab::host::app
