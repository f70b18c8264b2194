// SPDX-License-Identifier: MIT
#include "spanlab/warning.hpp"

#include <iostream>
#include <mutex>
#include <set>

namespace spanlab {

void warn_once(const std::string& place, const std::string& message) {
  // One reader meets a file many times in a process: for each trial that is checked, for each encoder that is
  // built.
  static std::mutex mutex;
  static std::set<std::string> said;
  const std::lock_guard lock(mutex);
  const std::string line = "warning: " + place + ": " + message + '\n';
  if (said.insert(line).second) std::cerr << line;
}

}  // namespace spanlab
