// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "app/chosen_trials.hpp"
#include "app/places.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host::app {

/// A path of configurations at which two choices of trials differ. Texts as tables have them; a study has all
/// its rows' values; `–`: there is no such path.
struct ConfigurationDifference {
  std::string path;
  std::string a;
  std::string b;
};

/// By path; empty where both have the same configuration. Seeds are no part of it.
SPANLAB_API std::vector<ConfigurationDifference> configuration_differences(const ChosenTrials& a,
                                                                           const ChosenTrials& b);

/// What two words of a command line choose (chosen_trials.hpp), and where it differs.
struct ConfigurationDiff {
  ChosenTrials a;
  ChosenTrials b;
  std::vector<ConfigurationDifference> differences;
};
SPANLAB_API ConfigurationDiff diff_configurations(const std::string& a, const std::string& b,
                                                  const Places& places);

}  // namespace spanlab::host::app
