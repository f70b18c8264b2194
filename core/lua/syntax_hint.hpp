// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "spanlab/error.hpp"

namespace spanlab::host::lua {

/// What a problem that Lua's compiler found in the text probably comes from, as a line to be appended to its
/// message: a comma that is missing, a key that needs brackets and quotes. Empty if nothing is known of it.
std::string syntax_hint(std::string_view text, const Problem& problem);

}  // namespace spanlab::host::lua
