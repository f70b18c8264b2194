// SPDX-License-Identifier: MIT
#pragma once

#include "records/epoch_record.hpp"
#include "host.hpp"

namespace spanlab::test {

/// The record that ends a training on the split `test` with this score of entities.
inline EpochRecord made_final(double f1) {
  EpochRecord record{.split = "test", .is_final = true, .scores = ScoreTree()};
  (*record.scores)["entity"]["micro"]["f1"] = f1;
  return record;
}

}  // namespace spanlab::test
