// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "report/content.hpp"

namespace spanlab::host {

/// A table of results: short headings with the full path as their title, the columns of a score below its
/// name, the note, and the comparisons in full folded away.
std::string html_results(const Report& report, const ResultTable& table);

/// The trials that have no result, with the reason of each; empty where there are none.
std::string html_missing_trials(const Report& report);

/// What differs in how the trials were computed.
std::string html_provenance(const Report& report);

}  // namespace spanlab::host
