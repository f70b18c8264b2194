// SPDX-License-Identifier: MIT
#include "settings/path.hpp"

#include <fmt/ranges.h>

#include <algorithm>

namespace spanlab::host {

Path Path::parse(std::string_view text) {
  std::vector<std::string> names;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('.', begin), text.size());
    names.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return Path(std::move(names));
}

std::string Path::text() const { return fmt::format("{}", fmt::join(names_, ".")); }

Path Path::first_names(std::size_t count) const {
  const auto end = names_.begin() + static_cast<std::ptrdiff_t>(std::min(count, size()));
  return Path({names_.begin(), end});
}

Path Path::last_names(std::size_t count) const {
  const auto begin = names_.end() - static_cast<std::ptrdiff_t>(std::min(count, size()));
  return Path({begin, names_.end()});
}

Path Path::operator/(std::string name) const {
  std::vector<std::string> names = names_;
  names.push_back(std::move(name));
  return Path(std::move(names));
}

bool Path::is_at_or_below(const Path& other) const {
  return size() >= other.size() && std::equal(other.names_.begin(), other.names_.end(), names_.begin());
}

}  // namespace spanlab::host
