// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "settings/configuration.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host {

/// A task that gives spans: its scores, with those of the tasks that build on it, stand together.
struct SpanTask {
  std::string name;
  std::string view;
};

/// Of a configuration, in its order of names.
SPANLAB_API std::vector<SpanTask> span_tasks(const Configuration& configuration);

/// The name of the union of all views' tasks among grouped scores.
inline constexpr std::string_view kUnion = "union";

/// What the scores of each task are called, in the order of the tasks: the task's view where the data set has
/// several, the task's name where tasks share a view. Empty for the one task of a data set of one view: its
/// scores are not grouped.
SPANLAB_API std::vector<std::string> score_groups(std::span<const SpanTask> tasks, std::size_t views);

/// True if there is the group `union` besides: where tasks have different views.
SPANLAB_API bool has_union(std::span<const SpanTask> tasks);

}  // namespace spanlab::host
