// SPDX-License-Identifier: MIT
#include "report/lines.hpp"

namespace spanlab::host {

std::string few_of(const std::vector<std::string>& texts, std::string_view separator) {
  const std::size_t shown = texts.size() <= kFew ? texts.size() : kFew - 1;
  const std::vector<std::string> first(texts.begin(), texts.begin() + static_cast<std::ptrdiff_t>(shown));
  const std::string text = fmt::format("{}", fmt::join(first, separator));
  return shown == texts.size() ? text : fmt::format("{} and {} more", text, texts.size() - shown);
}

}  // namespace spanlab::host
