// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "lua/reader.hpp"
#include "study/study.hpp"

namespace spanlab::host::lua {

/// Reads a member of a study's `report` other than its baseline, the value on top of the stack: `metrics`,
/// `claim`, `family`, `margin`, `effects`, `names` or `columns`.
void read_request(Reader& reader, const std::string& key, const Beside& beside, Study& study);

}  // namespace spanlab::host::lua
