// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "spanlab/export.hpp"

// What a process is in when it crashes, hangs or is killed: told by whoever started it, since the process
// itself cannot.

namespace spanlab::host {

/// While it lives, this thread is in a function of a component. Calls within calls are kept, the innermost
/// one is told. Costs some ten nanoseconds, and needs no memory.
class SPANLAB_API CurrentCall {
 public:
  /// `component` as `loss/bce of /path/bce.so`, `function` as `forward`; both are copied.
  CurrentCall(std::string_view component, const char* function) noexcept;
  ~CurrentCall();
  CurrentCall(const CurrentCall&) = delete;
  CurrentCall& operator=(const CurrentCall&) = delete;
};

/// A page of memory on which the threads of one process keep what they are in, and which another process
/// sees, too. A process that was handed none keeps a page of its own.
class SPANLAB_API CallPage {
 public:
  /// Throws Error(environment) where there is no memory.
  CallPage();
  /// The page behind `descriptor`, which a process has inherited. Throws Error(environment).
  explicit CallPage(int descriptor);
  ~CallPage();
  CallPage(const CallPage&) = delete;
  CallPage& operator=(const CallPage&) = delete;

  /// For a process that inherits it.
  int descriptor() const { return descriptor_; }

  /// From now on, until the process ends, its calls are kept here; also where this object is gone.
  void use();

  /// Whether a process keeps its calls here. Until then it is only being started.
  bool is_used() const;

  /// How many calls have returned: it grows as long as components do something.
  std::uint64_t finished_calls() const;

  /// What a process that has ended was in, as ` in loss/bce of /path/bce.so, forward`: the thread that
  /// crashed, or, where none did, all threads, each different call once. Empty where it was in none.
  std::string last_calls() const;

 private:
  void map();

  int descriptor_ = -1;
  void* page_ = nullptr;
  bool kept_ = false;  ///< this process may write to it until its end
};

/// Notes on the page that this thread crashes. For a signal handler.
void note_crash() noexcept;

/// What this thread is in, in pieces for a signal handler: empty where it is in no call. They are there as
/// long as the call lasts.
struct CallText {
  const char* component = "";
  const char* function = "";
};
CallText this_threads_call() noexcept;

/// Whether the calls are kept on a page that another process sees.
bool is_watched() noexcept;

}  // namespace spanlab::host
