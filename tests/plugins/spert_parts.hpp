// SPDX-License-Identifier: MIT
#pragma once

#include <ATen/ATen.h>

#include "components.hpp"
#include "tasks/candidates.hpp"
#include "spanlab/head.hpp"
#include "test.hpp"

namespace spanlab::test {

/// Parameters of a component: its defaults with `given` over them.
Parameters parameters(ComponentKind kind, const std::string& id,
                      const std::map<std::string, Value>& given = {});

/// Two sentences of 6 and 4 words, one unit a word, and random states of width `width` in double precision.
struct Scene {
  explicit Scene(std::int64_t width);

  Inventory inventory;
  std::vector<Sentence> sentences;
  std::vector<EncodedSentence> encoded;
  Batch batch;
  Features features;
};

}  // namespace spanlab::test
