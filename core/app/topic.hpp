// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "plugin/registry.hpp"

namespace spanlab::host::app {

/// A parameter that stands at a path, and what it is of.
struct TopicParameter {
  /// A component's id, or the path above the parameter, which ends in a dot; may be empty.
  std::string owner;
  Parameter parameter;

  /// How it is called where it is listed: `epochs`, `train.epochs`, `negatives (uniform)`.
  std::string name() const;
};

/// What is known of a path of the study language.
struct Topic {
  std::string text = {};                                       ///< may be empty
  std::vector<std::pair<std::string, std::string>> keys = {};  ///< names below it, and what they are
  std::vector<TopicParameter> parameters = {};

  void add(const Schema& schema);
};

/// What stands at a path (`train.epochs`, `entity.sampler`), at paths that end in a name (`negatives`), or
/// behind a key of a study. Throws Error(usage) with the nearest known name.
Topic find_topic(const std::string& path, const Registry& registry);

}  // namespace spanlab::host::app
