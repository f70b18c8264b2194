// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "spanlab/export.hpp"

namespace spanlab {

/// Says on standard error what a person should know though nothing is wrong: `warning: text`, once per
/// process however often it is said. A trial's standard error is its log.
SPANLAB_API void warn_once(const std::string& text);

}  // namespace spanlab
