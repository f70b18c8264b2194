// SPDX-License-Identifier: MIT
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <latch>
#include <thread>

#include "sdk/crash_handler.hpp"
#include "sdk/current_call.hpp"
#include "test.hpp"

namespace {

using spanlab::host::CallPage;
using spanlab::host::CurrentCall;

// What the page says of a process that did `act`, and the status with which it ended.
std::pair<std::string, int> after(CallPage& page, const std::function<void()>& act) {
  const pid_t child = fork();
  if (child == 0) {
    const rlimit no_core{0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
    page.use();
    spanlab::host::handle_crashes();
    act();
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return {page.last_calls(), status};
}

std::string said_after(const std::function<void()>& act) {
  CallPage page;
  return after(page, act).first;
}

// Fills the stack; to `deepest`, which the compiler does not know, for it warns of recursion without an end.
// What is above stays in use, or it would make a loop of it.
[[gnu::noinline]] int recurse(int depth, const volatile int& deepest, const volatile char* above) {
  volatile char much[4096] = {};
  if (depth == deepest) return *above;
  return recurse(depth + 1, deepest, much) + much[depth % 4096];
}

void fill_the_stack() {
  volatile int deepest = 1 << 30;
  recurse(0, deepest, nullptr);
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_innermost_call_of_a_process_that_ended_is_told) {
  const auto nested = [](bool inner_is_over) {
    return said_after([&] {
      const CurrentCall outer("encoder/birnn of /a/birnn.so", "forward");
      {
        const CurrentCall inner("encoder/bert of /a/bert.so", "encode");
        if (!inner_is_over) _exit(1);
      }
      _exit(1);
    });
  };
  BOOST_TEST(nested(false) == " in encoder/bert of /a/bert.so, encode");
  BOOST_TEST(nested(true) == " in encoder/birnn of /a/birnn.so, forward");
  BOOST_TEST(said_after([] { const CurrentCall over("loss/x of /x.so", "forward"); }) == "");
}

BOOST_AUTO_TEST_CASE(exit_within_a_call_keeps_it) {
  BOOST_TEST(said_after([] {
               const CurrentCall call("loss/x of /x.so", "forward");
               std::quick_exit(0);
             }) == " in loss/x of /x.so, forward");
  BOOST_TEST(said_after([] {
               std::thread([] {
                 const CurrentCall call("loss/x of /x.so", "factory");
                 std::exit(0);
               }).join();
             }) == " in loss/x of /x.so, factory");
}

BOOST_AUTO_TEST_CASE(of_several_threads_the_one_that_crashed_is_told_or_else_all) {
  const auto threads = [](bool crash) {
    return said_after([&] {
      std::latch inside(3);
      std::vector<std::thread> all;
      for (const char* name : {"head/a of /a.so", "head/b of /b.so", "head/a of /a.so"}) {
        all.emplace_back([&, name] {
          const CurrentCall call(name, "forward");
          inside.arrive_and_wait();
          if (std::string_view(name).starts_with("head/b")) {
            crash ? std::raise(SIGSEGV) : kill(getpid(), SIGKILL);
          }
          while (true) pause();
        });
      }
      for (std::thread& thread : all) thread.join();
    });
  };
  BOOST_TEST(threads(true) == " in head/b of /b.so, forward");
  const std::string both = threads(false);  // in the order of their places on the page
  const bool known = both == " in head/a of /a.so, forward, or in head/b of /b.so, forward" ||
                     both == " in head/b of /b.so, forward, or in head/a of /a.so, forward";
  BOOST_TEST(known, both);
}

BOOST_AUTO_TEST_CASE(a_crash_ends_the_process_as_without_a_handler) {
  const auto signal_of = [](const std::function<void()>& act) {
    CallPage page;
    const auto [said, status] = after(page, [&] {
      const CurrentCall call("loss/x of /x.so", "forward");
      act();
    });
    BOOST_TEST(said == " in loss/x of /x.so, forward");
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  };
  BOOST_TEST(signal_of([] { std::abort(); }) == SIGABRT);
  BOOST_TEST(signal_of([] { std::raise(SIGSEGV); }) == SIGSEGV);
  BOOST_TEST(signal_of([] { kill(getpid(), SIGBUS); }) == SIGBUS);
  BOOST_TEST(signal_of([] {
               volatile int* volatile nowhere = nullptr;
               *nowhere = 1;
             }) == SIGSEGV);
  BOOST_TEST(signal_of([] { fill_the_stack(); }) == SIGSEGV);
  BOOST_TEST(signal_of([] {
               std::thread([] {
                 const CurrentCall call("loss/x of /x.so", "forward");
                 fill_the_stack();
               }).join();
             }) == SIGSEGV);
  BOOST_TEST(signal_of([] { std::terminate(); }) == SIGABRT);
}

BOOST_AUTO_TEST_CASE(finished_calls_are_counted_and_long_names_are_cut_in_the_middle) {
  CallPage page;
  const std::string path(600, 'p');
  const auto [said, status] = after(page, [&] {
    for (int i = 0; i < 1000; ++i) const CurrentCall call("a", "b");
    for (int t = 0; t < 200; ++t) {  // more threads than the page has room for, one after the other
      std::thread([] { const CurrentCall call("a", "b"); }).join();
    }
    const CurrentCall call("loss/x of /" + path + "/x.so", "forward");
    _exit(0);
  });
  BOOST_TEST(page.finished_calls() == 1200);
  BOOST_TEST(said.starts_with(" in loss/x of /ppp"));
  BOOST_TEST(said.ends_with("ppp/x.so, forward"));
  BOOST_TEST(said.find("p...p") != said.npos);
  BOOST_TEST(said.size() < 520);
}
