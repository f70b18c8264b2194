// SPDX-License-Identifier: MIT
#include "sdk/crash_handler.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstring>
#include <memory>
#include <new>

#include "sdk/current_call.hpp"

namespace spanlab::host {

namespace {

void say(const char* text) {
  if (write(STDERR_FILENO, text, std::strlen(text)) < 0) return;  // nobody else to tell it to
}

void say_call(int signal) {
  const CallText call = this_threads_call();
  if (*call.component == '\0') return;
  const char* name = sigdescr_np(signal);
  for (const char* text : {"spanlab: crashed (", name ? name : "by a signal", ") in ", call.component, ", ",
                           call.function, "\n"}) {
    say(text);
  }
}

extern "C" void spanlab_on_crash(int signal, siginfo_t* info, void*) {
  note_crash();
  if (!is_watched()) say_call(signal);
  // The instruction that failed fails again, without a handler now. What was sent has to be sent again.
  if (info->si_code <= 0) raise(signal);
}

class CrashStack {
 public:
  CrashStack() {
    stack_t before{};
    if (sigaltstack(nullptr, &before) != 0 || !(before.ss_flags & SS_DISABLE)) return;
    const std::size_t size = std::max<long>(sysconf(_SC_SIGSTKSZ), 64 << 10);
    memory_.reset(new (std::nothrow) char[size]);
    if (!memory_) return;
    stack_t stack{};
    stack.ss_sp = memory_.get();
    stack.ss_size = size;
    if (sigaltstack(&stack, nullptr) != 0) memory_.reset();
  }
  ~CrashStack() {
    if (!memory_) return;
    stack_t none{};
    none.ss_flags = SS_DISABLE;
    sigaltstack(&none, nullptr);
  }
  CrashStack(const CrashStack&) = delete;
  CrashStack& operator=(const CrashStack&) = delete;

 private:
  std::unique_ptr<char[]> memory_;
};

}  // namespace

void give_thread_a_crash_stack() noexcept {
  static thread_local CrashStack stack;
  static_cast<void>(stack);
}

void handle_crashes() {
#ifndef __SANITIZE_ADDRESS__  // which has handlers of its own, and says more
  give_thread_a_crash_stack();
  struct sigaction action{};
  action.sa_sigaction = spanlab_on_crash;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | static_cast<int>(SA_RESETHAND);
  for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}) sigaction(signal, &action, nullptr);
#endif
}

}  // namespace spanlab::host
