// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "evaluate/score_tree.hpp"

namespace spanlab::host {

/// Scores as files and `--json` have them: objects in each other, null where there was nothing to measure.
SPANLAB_API nlohmann::json to_json(const ScoreTree& scores);

}  // namespace spanlab::host
