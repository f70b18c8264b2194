// SPDX-License-Identifier: MIT
#include "spanlab/warning.hpp"

#include <iostream>
#include <mutex>
#include <set>

namespace spanlab {

void warn_once(const std::string& text) {
  // A reader meets a file many times in a process: for each trial that is checked, for each encoder that is
  // built.
  static std::mutex mutex;
  static std::set<std::string> said;
  const std::lock_guard lock(mutex);
  if (said.insert(text).second) std::cerr << "warning: " + text + '\n';
}

}  // namespace spanlab
