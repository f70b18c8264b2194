// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace spanlab::host::lua {

/// The comments of a Lua text, found by lines.
class ModuleComments {
 public:
  explicit ModuleComments(std::string_view text);

  /// The lines of comment at the beginning, without the licence's, as one text.
  std::string at_top() const;
  /// The lines of comment that end above a line, counted from 1.
  std::string above(int line) const;
  /// What stands above the first line that begins with an assignment to `….name`.
  std::string above_entry(std::string_view name) const;
  /// What stands behind, else above, the first line that begins with `name =`.
  std::string beside(std::string_view name) const;

 private:
  std::vector<std::string> lines_;
};

}  // namespace spanlab::host::lua
