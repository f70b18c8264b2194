// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>

#include "spanlab/export.hpp"

namespace spanlab::host {

/// The JavaScript of Vega-Lite that set-up made; empty if it is not there.
SPANLAB_API std::string vega_bundle();

/// Draws every *.vl.json of `folder` that has no SVG beside it, by scripts/vega.py in a process of its own.
/// Returns why it could not, or empty.
std::string draw_charts(const std::filesystem::path& folder);

}  // namespace spanlab::host
