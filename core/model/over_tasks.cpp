// SPDX-License-Identifier: MIT
#include "model/over_tasks.hpp"

#include <algorithm>

namespace spanlab::host {

namespace {

// Whether a task over the spans of the task at `index` reads the scores of these.
bool scores_are_read(const std::vector<Task>& tasks, std::size_t index) {
  return std::ranges::any_of(tasks, [&](const Task& other) {
    return other.takes_spans() && other.spans == index && other.head->reads_spans_outputs();
  });
}

}  // namespace

void over_tasks(Model& model, const Batch& batch, Pass& pass, std::int64_t most,
                const std::function<SpansLeft(const TaskPass&)>& work) {
  const std::vector<Features> features = model.features(batch, pass);
  const std::vector<Task>& tasks = model.tasks();
  const SpansLeft nothing;
  std::vector<SpansLeft> left;
  left.reserve(tasks.size());
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    const Task& task = tasks[i];
    const bool takes = task.takes_spans();
    const TaskPass one{.task = task,
                       .inventory = model.inventory(task),
                       .batch = batch,
                       .features = features[i],
                       .pass = pass,
                       .spans_task = takes ? tasks[task.spans] : task,
                       .spans = takes ? left[task.spans] : nothing,
                       .most = most,
                       .keeps_outputs = scores_are_read(tasks, i)};
    left.push_back(work(one));
  }
}

}  // namespace spanlab::host
