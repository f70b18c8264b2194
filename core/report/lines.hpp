// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace spanlab::host {

/// A table of two columns: what something is called, and what is said of it.
using Lines = std::vector<std::pair<std::string, std::string>>;

/// Up to `kFew` texts in one line, or one less and how many more there are.
std::string few_of(const std::vector<std::string>& texts, std::string_view separator = ", ");
inline constexpr std::size_t kFew = 3;

}  // namespace spanlab::host
