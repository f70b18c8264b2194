// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <utility>

#include "spanlab/error.hpp"

namespace spanlab::host {

/// Problems as they are found; one that comes up at many points of a space is told once.
class Problems {
 public:
  void add(std::string place, std::string message) {
    if (seen_.emplace(place, message).second) list_.push_back({std::move(place), std::move(message)});
  }
  bool empty() const { return list_.empty(); }
  std::size_t size() const { return list_.size(); }

  /// All of them, by file and line.
  std::vector<Problem> take();

  /// Throws Error(usage) with all of them, by file and line, if there are any.
  void throw_if_any();

 private:
  std::set<std::pair<std::string, std::string>> seen_;
  std::vector<Problem> list_;
};

}  // namespace spanlab::host
