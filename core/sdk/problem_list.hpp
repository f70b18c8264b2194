// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "spanlab/problem_list.hpp"

// A file can be wrong in the same way a million times. What is told, and kept in memory, is bounded here for
// all errors.

namespace spanlab {

inline constexpr std::size_t kMostProblems = 200;  ///< told in all

/// Keeps the first problems of each kind (messages that differ in numbers and quoted words alone are of one
/// kind); behind the last of them stands how many more there are. May be called again on its own results, put
/// together or added to. Every Error does it.
SPANLAB_API void condense(std::vector<Problem>& problems);

/// Whether this line of a condensed list counts others.
SPANLAB_API bool is_count(const Problem& problem);

}  // namespace spanlab
