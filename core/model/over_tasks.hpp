// SPDX-License-Identifier: MIT
#pragma once

#include <functional>

#include "model/model.hpp"
#include "tasks/task_pass.hpp"

namespace spanlab::host {

/// One pass of a batch through a model, of training or of evaluation: through the encoder and the towers,
/// then task by task. `work` does with a task what the pass is for and says what this leaves to the tasks
/// over its spans. `most`: candidates that go through a head at once.
void over_tasks(Model& model, const Batch& batch, Pass& pass, std::int64_t most,
                const std::function<SpansLeft(const TaskPass&)>& work);

}  // namespace spanlab::host
