// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "spanlab/error.hpp"

// A file can be wrong in the same way a million times. What is told, and kept in memory, is bounded here for
// all errors.

namespace spanlab {

inline constexpr std::size_t kMostOfAKind = 20;    ///< problems told of one kind; the others are counted
inline constexpr std::size_t kMostProblems = 200;  ///< told in all

/// Adds a problem to a list that may become long: every now and then the list is condensed.
SPANLAB_API void add_problem(std::vector<Problem>& problems, std::string place, std::string message);

/// Keeps the first problems of each kind (messages that differ in numbers and quoted words alone are of one
/// kind); behind the last of them stands how many more there are. May be called again on its own results, put
/// together or added to. Every Error does it.
SPANLAB_API void condense(std::vector<Problem>& problems);

/// How many problems the list stands for, with those that are only counted.
SPANLAB_API std::int64_t number_of(std::span<const Problem> problems);

/// Whether this line of a condensed list counts others.
SPANLAB_API bool is_count(const Problem& problem);

}  // namespace spanlab
