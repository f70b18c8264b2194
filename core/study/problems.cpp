// SPDX-License-Identifier: MIT
#include "study/problems.hpp"

#include <charconv>

namespace spanlab::host {

namespace {

// `file:12` as file and line, so that line 9 stands before line 12.
std::pair<std::string_view, long> place_key(const Problem& problem) {
  const std::string_view place = problem.place;
  const std::size_t colon = place.rfind(':');
  long line = 0;
  if (colon == place.npos) return {place, line};
  std::from_chars(place.data() + colon + 1, place.data() + place.size(), line);
  return {place.substr(0, colon), line};
}

}  // namespace

std::vector<Problem> Problems::take() {
  std::ranges::stable_sort(list_, {}, place_key);
  return std::move(list_);
}

void Problems::throw_if_any() {
  if (!list_.empty()) throw Error(ErrorKind::usage, take());
}

}  // namespace spanlab::host
