// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "report/chart.hpp"

namespace spanlab::host {

/// The places of a table's charts, which the page's script fills; those that differ in the score alone share
/// one place with a choice of the score.
std::string html_charts(const std::vector<Chart>& charts, std::size_t table);

/// Vega-Lite (`bundle`, its JavaScript), the charts' specifications and the page's own script. Colours are
/// the page's variables, so that charts follow it into the dark and onto paper.
std::string html_scripts(const std::vector<Chart>& charts, const std::string& bundle);

}  // namespace spanlab::host
