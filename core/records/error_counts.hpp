// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "evaluate/error_counts.hpp"

namespace spanlab::host {

/// The errors of a trial by the groups of its scores (evaluate/score_groups.hpp).
using ErrorsByGroup = std::map<std::string, ErrorCounts>;

/// Writes them as JSON. Throws Error(environment).
SPANLAB_API void write_error_counts(const ErrorsByGroup& groups, const std::filesystem::path& file);

/// What write_error_counts wrote. Throws Error(environment or data): a file of another version counts as
/// damaged, for it can be made again.
SPANLAB_API ErrorsByGroup read_error_counts(const std::filesystem::path& file);

}  // namespace spanlab::host
