// SPDX-License-Identifier: MIT
#pragma once

#include "spanlab/export.hpp"

namespace spanlab::host {

/// From now on a crash (SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT) notes which thread it was in, see CallPage.
/// Where no other process watches the page, a line on standard error says what it was in. The process ends as
/// it would have without.
SPANLAB_API void handle_crashes();

/// A stack on which this thread can handle that its own is full; until the thread ends.
void give_thread_a_crash_stack() noexcept;

}  // namespace spanlab::host
