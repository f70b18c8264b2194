// SPDX-License-Identifier: MIT
#include "evaluate/score_groups.hpp"

#include <algorithm>

namespace spanlab::host {

std::vector<SpanTask> span_tasks(const Configuration& configuration) {
  std::vector<SpanTask> tasks;
  for (const auto& [name, task] : configuration.tasks) {
    if (task.spans.empty()) tasks.push_back({name, task.view});
  }
  return tasks;
}

std::vector<std::string> score_groups(std::span<const SpanTask> tasks, std::size_t views) {
  if (tasks.size() == 1 && views < 2) return {""};
  std::vector<std::string> groups;
  for (const SpanTask& task : tasks) {
    const bool alone = std::ranges::count(tasks, task.view, &SpanTask::view) == 1;
    groups.push_back(views > 1 && alone ? task.view : task.name);
  }
  return groups;
}

bool has_union(std::span<const SpanTask> tasks) {
  return std::ranges::any_of(tasks, [&](const SpanTask& task) { return task.view != tasks.front().view; });
}

}  // namespace spanlab::host
