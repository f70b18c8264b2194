// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace spanlab::host {

/// Plain text as LaTeX sets it; other scripts than Latin need XeLaTeX or LuaLaTeX with a font for them.
std::string latex_text(std::string_view text);

}  // namespace spanlab::host
