// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "data/card.hpp"
#include "settings/configuration.hpp"

namespace spanlab::host::editor {

/// A word that may stand in a command line, and what it is; the latter may be empty.
struct Candidate {
  std::string text;
  std::string about = {};
};

/// What words are looked up in.
struct Surroundings {
  const Registry& registry;
  const CardIndex& cards;
};

/// The components of a kind by their ids.
std::vector<Candidate> component_ids(const Registry& registry, ComponentKind kind);

/// `path=` for each path of a configuration that `--set` may give a value; not those that the study varies,
/// for no trial would have it.
SPANLAB_API std::vector<Candidate> changeable_paths(const Configuration& configuration,
                                                    const std::set<std::string>& varied,
                                                    const Surroundings& around);

/// `path=value` for values that may stand at a path; of a number the present one. `begun` is what stands
/// behind the sign already: of a list the items before its last one are kept.
SPANLAB_API std::vector<Candidate> values_at(const Configuration& configuration, const std::string& path,
                                             std::string_view begun, const Surroundings& around);

}  // namespace spanlab::host::editor
