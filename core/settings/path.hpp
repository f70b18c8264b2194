// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "spanlab/export.hpp"

namespace spanlab::host {

/// A place in a configuration: the names that lead to it, `entity`, `head`, `outputs`. As text they stand
/// between dots.
class SPANLAB_API Path {
 public:
  Path() = default;
  explicit Path(std::vector<std::string> names) : names_(std::move(names)) {}

  /// Of `entity.head.outputs`. A text without dots is one name, an empty one too.
  static Path parse(std::string_view text);
  std::string text() const;

  const std::vector<std::string>& names() const& { return names_; }
  std::vector<std::string> names() && { return std::move(names_); }  // those of a passing path outlive it
  std::size_t size() const { return names_.size(); }
  bool empty() const { return names_.empty(); }
  const std::string& first() const& { return names_.front(); }
  const std::string& first() && = delete;
  const std::string& last() const& { return names_.back(); }
  const std::string& last() && = delete;

  /// The first `count` names, all if there are not so many.
  Path first_names(std::size_t count) const;
  /// The last `count` names, all if there are not so many.
  Path last_names(std::size_t count) const;
  /// All names but the last; of one name, or none, the empty path.
  Path above() const { return empty() ? Path() : first_names(size() - 1); }
  Path operator/(std::string name) const;

  /// True of the path itself and of all that lies inside it.
  bool is_at_or_below(const Path& other) const;

  friend bool operator==(const Path&, const Path&) = default;
  friend auto operator<=>(const Path&, const Path&) = default;

 private:
  std::vector<std::string> names_;
};

}  // namespace spanlab::host
