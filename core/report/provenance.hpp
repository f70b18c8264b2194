// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "report/results.hpp"

namespace spanlab::host {

/// Fields of the environment that divide the trials in the same way: the fields' values in each part, in
/// their order, and its trials.
struct ProvenanceDifference {
  struct Part {
    std::vector<std::string> values;
    std::string trials;
  };
  std::vector<std::string> fields;
  std::vector<Part> parts;
};

/// Fields of the stored environments in which finished trials differ.
std::vector<ProvenanceDifference> provenance_differences(const std::vector<TrialResult>& trials);

}  // namespace spanlab::host
