// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "data/card.hpp"
#include "plugin/registry.hpp"
#include "store/plan.hpp"
#include "study/study.hpp"

namespace spanlab::host {

/// What the command line changes: applied after the script, profile first, then `set`.
struct Overrides {
  std::optional<std::string> profile;
  std::vector<std::string> set;                    ///< `path=value`; the value is read as the schema says
  std::optional<std::vector<std::int64_t>> seeds;  ///< instead of the study's
  std::optional<std::int64_t> limit;               ///< `data.limit`
  std::string device = "cpu";                      ///< `cpu` or `cuda`: part of a trial's identity
};

/// Checks the whole study against the schemas of the components, the cards and itself, and lays out its
/// trials: the points of the space in order, then the base model if it is none of them and there are
/// ablations, then the ablations. Equal configurations of the space are one row. Throws Error(usage) with
/// every problem of the study, each with its place in the script.
SPANLAB_API Plan resolve(const Study& study, const Registry& registry, const CardIndex& cards,
                         const Overrides& overrides);

}  // namespace spanlab::host
