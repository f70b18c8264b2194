// SPDX-License-Identifier: MIT
#include "study/point.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace spanlab::host {

namespace {

struct ValueText {
  std::string operator()(std::monostate) const { return ""; }
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(std::int64_t value) const { return fmt::format("{}", value); }
  std::string operator()(double value) const { return fmt::format("{}", value); }
  std::string operator()(const std::string& value) const { return '"' + value + '"'; }
  template <typename Item>
  std::string operator()(const std::vector<Item>& values) const {
    std::vector<std::string> items;
    for (const Item& value : values) items.push_back((*this)(value));
    return fmt::format("{{ {} }}", fmt::join(items, ", "));
  }
};

}  // namespace

std::string text_of(const Setting& setting) {
  if (setting.is_value()) return std::visit(ValueText{}, setting.value);
  std::vector<std::string> parts, members;
  if (!setting.kind.empty()) parts.push_back(setting.kind);
  if (!setting.id.empty()) parts.push_back('"' + setting.id + '"');
  for (const auto& [name, member] : setting.members)
    members.push_back(fmt::format("{} = {}", name, text_of(member)));
  parts.push_back(members.empty() ? "{}" : fmt::format("{{ {} }}", fmt::join(members, ", ")));
  return fmt::format("{}", fmt::join(parts, " "));
}

Point::Point(std::initializer_list<Assignment> assignments) {
  for (const Assignment& assignment : assignments) push_back(assignment);
}

void Point::push_back(Assignment assignment) {
  assignments_.push_back(std::make_shared<const Assignment>(std::move(assignment)));
}

Point Point::joined(const Point& other) const {
  Point both;
  both.assignments_.reserve(size() + other.size());
  both.assignments_ = assignments_;
  both.assignments_.insert(both.assignments_.end(), other.assignments_.begin(), other.assignments_.end());
  return both;
}

Point Point::outermost_first() const {
  Point sorted = *this;
  std::ranges::stable_sort(sorted.assignments_, {},
                           [](const auto& assignment) { return std::ranges::count(assignment->path, '.'); });
  return sorted;
}

const Assignment* Point::find(std::string_view path) const {
  const auto found =
      std::ranges::find_if(assignments_, [&](const auto& assignment) { return assignment->path == path; });
  return found == assignments_.end() ? nullptr : found->get();
}

}  // namespace spanlab::host
