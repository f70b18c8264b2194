// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "spanlab/error.hpp"
#include "spanlab/export.hpp"

namespace spanlab {

inline constexpr std::size_t kMostOfAKind = 20;  ///< problems told of one kind; the others are counted

/// Adds a problem to a list that may become long, as a file can be wrong in the same way a million times. Of
/// each kind (messages that differ in numbers and quoted words alone are of one kind) the first are kept, and
/// how many more there are.
SPANLAB_API void add_problem(std::vector<Problem>& problems, std::string place, std::string message);

/// How many problems the list stands for, with those that are only counted.
SPANLAB_API std::int64_t number_of(std::span<const Problem> problems);

}  // namespace spanlab
