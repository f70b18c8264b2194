// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "spanlab/annotation.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host {

/// A predicted entity; `score` in [0,1].
struct ScoredEntity {
  Entity entity;
  float score = 0;
};

/// A predicted relation between two entities of the same prediction.
struct ScoredRelation {
  Relation relation;
  float score = 0;
};

/// What one span task and the pair tasks over its spans say about one sentence. Entities stand by begin,
/// equal begins by width; relations by head, then as found. Symmetric relations have the earlier span as
/// head; of equal relations the first found stays.
struct SPANLAB_API Prediction {
  std::vector<ScoredEntity> entities;
  std::vector<ScoredRelation> relations;
  std::int64_t relations_left_out = 0;  ///< beyond the most that its tasks may predict in one sentence

  SPANLAB_API Annotation annotation() const;
};

}  // namespace spanlab::host
