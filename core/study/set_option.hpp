// SPDX-License-Identifier: MIT
#pragma once

#include "study/builder.hpp"

namespace spanlab::host {

/// `path=value` of `--set` as an assignment, its value read as what stands at that path wants it: `true`,
/// `20`, `5e-5`, a text, a list `a,b` (empty: the empty list), or a component's id, which then has its
/// defaults. Nothing, with a problem, if that fails.
std::optional<Assignment> read_set_option(const std::string& text, const Configuration& configuration,
                                          const ConfigurationBuilder& builder, Problems& problems);

}  // namespace spanlab::host
