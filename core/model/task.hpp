// SPDX-License-Identifier: MIT
#pragma once

#include "spanlab/parameters.hpp"

namespace spanlab {

/// The scalar parameters of a task in a configuration: `view`, `spans` (the task that gives the spans; empty
/// for span tasks), `depth` and the other settings of its BiRNN tower (`cell`, `size`, `dropout`), `weight`,
/// `lr_factor`, `reduction`, `max_relations`. Slots beside them: `head`, `sampler`, `labeler`, and `loss`
/// with one component per output of the head.
SPANLAB_API const Schema& task_schema();

}  // namespace spanlab
