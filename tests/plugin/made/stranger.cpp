// SPDX-License-Identifier: MIT
// A shared library that is no plugin.
#include <cstdlib>

namespace {
struct Mark {
  Mark() { setenv("SPANLAB_TEST_MARK", "the stranger's code has run", 1); }
} mark;
}  // namespace

int stranger() { return 1; }
