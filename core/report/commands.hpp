// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "store/plan.hpp"

namespace spanlab::host {

/// The command that runs the study again in the run store `runs`, and the one that writes the report to
/// `out`, as bash takes them. A report that goes elsewhere may be published: its commands name folders
/// outside this one by their last names alone.
std::vector<std::string> reproducing_commands(const Plan& plan, const std::filesystem::path& runs,
                                              const std::string& out);

}  // namespace spanlab::host
