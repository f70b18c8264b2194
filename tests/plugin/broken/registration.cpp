// SPDX-License-Identifier: MIT
// A plugin that comes to an end while it registers: HOW is a fault of Strike.
#include <stdexcept>

#include "spanlab/plugin.hpp"

namespace {

[[maybe_unused]] void throws() { throw std::runtime_error("no luck"); }
[[maybe_unused]] void crashes() {
  volatile int* nowhere = nullptr;
  *nowhere = 1;
}
[[maybe_unused]] void hangs() {
  volatile int turn = 0;
  while (true) turn = 1 - turn;
}

}  // namespace

SPANLAB_PLUGIN("registration", "1.0", "the Spanlab authors") {
  static_cast<void>(registrar);
  HOW();
}
