// SPDX-License-Identifier: MIT
// Says where a process spends its time. Loaded by LD_PRELOAD with SPANLAB_SAMPLES=<file>: every thread is
// interrupted once per millisecond of its own time and the address noted where it was. At the end
// <file>.<process> gets one line `<count> <offset> <object>` per address: the offset within the file of the
// program or library, or 0 and `[generated]` for code made at run time.
#include <dlfcn.h>
#include <link.h>
#include <pthread.h>
#include <signal.h>
#include <sys/syscall.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <utility>
#include <vector>

#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif

namespace {

constexpr std::size_t kMost = 1 << 20;
constexpr long kPeriod = 1'000'000;  // nanoseconds
std::uintptr_t places[kMost];
std::atomic<std::size_t> taken{0};
const char* target = nullptr;

void note(int, siginfo_t*, void* context) {
  const std::size_t i = taken.fetch_add(1, std::memory_order_relaxed);
#if defined(__x86_64__)
  if (i < kMost)
    places[i] = static_cast<std::uintptr_t>(static_cast<ucontext_t*>(context)->uc_mcontext.gregs[REG_RIP]);
#elif defined(__aarch64__)
  if (i < kMost) places[i] = static_cast<std::uintptr_t>(static_cast<ucontext_t*>(context)->uc_mcontext.pc);
#endif
}

void watch_this_thread() {
  sigevent event{};
  event.sigev_notify = SIGEV_THREAD_ID;
  event.sigev_signo = SIGPROF;
  event.sigev_notify_thread_id = static_cast<pid_t>(syscall(SYS_gettid));
  timer_t timer{};
  const itimerspec every{{0, kPeriod}, {0, kPeriod}};
  if (timer_create(CLOCK_THREAD_CPUTIME_ID, &event, &timer) == 0) timer_settime(timer, 0, &every, nullptr);
}

struct Segment {
  std::uintptr_t begin, end, base;
  std::string file;
};

int add_segments(dl_phdr_info* info, std::size_t, void* list) {
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const auto& header = info->dlpi_phdr[i];
    if (header.p_type != PT_LOAD || !(header.p_flags & PF_X)) continue;
    const std::uintptr_t begin = info->dlpi_addr + header.p_vaddr;
    std::string file = info->dlpi_name && *info->dlpi_name ? info->dlpi_name : "/proc/self/exe";
    static_cast<std::vector<Segment>*>(list)->push_back(
        {begin, begin + header.p_memsz, info->dlpi_addr, std::move(file)});
  }
  return 0;
}

__attribute__((constructor)) void begin() {
  target = std::getenv("SPANLAB_SAMPLES");
  if (!target) return;
  struct sigaction action{};
  action.sa_sigaction = note;
  action.sa_flags = SA_SIGINFO | SA_RESTART;
  sigaction(SIGPROF, &action, nullptr);
  watch_this_thread();
}

__attribute__((destructor)) void end() {
  if (!target) return;
  signal(SIGPROF, SIG_IGN);
  std::vector<Segment> segments;
  dl_iterate_phdr(add_segments, &segments);
  std::map<std::pair<std::string, std::uintptr_t>, std::int64_t> counts;
  const std::size_t count = std::min(taken.load(), kMost);
  for (std::size_t i = 0; i < count; ++i) {
    std::pair<std::string, std::uintptr_t> place{"[generated]", 0};
    for (const Segment& segment : segments) {
      if (places[i] >= segment.begin && places[i] < segment.end)
        place = {segment.file, places[i] - segment.base};
    }
    ++counts[place];
  }
  std::FILE* out = std::fopen((std::string(target) + "." + std::to_string(getpid())).c_str(), "w");
  if (!out) return;
  for (const auto& [place, number] : counts) {
    std::fprintf(out, "%lld %llx %s\n", static_cast<long long>(number),
                 static_cast<unsigned long long>(place.second), place.first.c_str());
  }
  std::fclose(out);
}

struct Start {
  void* (*function)(void*);
  void* argument;
};

void* start_watched(void* given) {
  const Start start = *static_cast<Start*>(given);
  delete static_cast<Start*>(given);
  watch_this_thread();
  return start.function(start.argument);
}

}  // namespace

extern "C" int pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*function)(void*),
                              void* argument) {
  using Create = int (*)(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*);
  static const auto create = reinterpret_cast<Create>(dlsym(RTLD_NEXT, "pthread_create"));
  if (!target) return create(thread, attributes, function, argument);
  auto* start = new Start{function, argument};
  const int failed = create(thread, attributes, start_watched, start);
  if (failed) delete start;
  return failed;
}
