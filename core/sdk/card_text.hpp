// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace spanlab {

/// The lines by which a model's card names a file, for messages: each behind `indent`, without a line end
/// before the first or after the last.
std::string card_lines(const std::string& key, const std::string& path, const std::string& sha256,
                       const std::string& indent);

}  // namespace spanlab
