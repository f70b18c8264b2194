// SPDX-License-Identifier: MIT
#include "plugin/first_load.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <new>
#include <optional>
#include <utility>

#include "plugin/library.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host {

namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kMostTime(10);  // that a registration may take
constexpr rlim_t kMostMemory = rlim_t{8} << 30;
constexpr int kOutOfMemory = 86;  // exit code; another one is the library's own doing

// How many libraries came to the end of their registration: a number that parent and child share.
class Count {
 public:
  Count()
      : memory_(mmap(nullptr, sizeof(Number), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)) {
    if (memory_ == MAP_FAILED) throw std::bad_alloc();
    new (memory_) Number(0);
  }
  ~Count() { munmap(memory_, sizeof(Number)); }
  Count(const Count&) = delete;
  Count& operator=(const Count&) = delete;

  std::size_t operator*() const { return *static_cast<const Number*>(memory_); }
  void increase() { ++*static_cast<Number*>(memory_); }

 private:
  using Number = std::atomic<std::size_t>;
  void* memory_;
};

[[noreturn]] void load_all(std::span<const fs::path> files, Count& done, pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(0);
  const int null = open("/dev/null", O_RDWR);  // what a library says, it says again where it stays
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) dup2(null, stream);
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
#ifndef __SANITIZE_ADDRESS__  // which takes more than that for itself
  const rlimit memory{kMostMemory, kMostMemory};
  setrlimit(RLIMIT_DATA, &memory);
#endif
  for (const fs::path& path : files) {
    PluginFile file;
    file.file = path;
    try {
      load_library(file);
    } catch (const std::bad_alloc&) {
      _exit(kOutOfMemory);
    } catch (...) {
    }
    done.increase();
  }
  _exit(0);
}

std::string how_it_ended(int status) {
  if (WIFSIGNALED(status)) {
    const int signal = WTERMSIG(status);
    return fmt::format("{} by signal {} ({}) in its registration", signal == SIGKILL ? "killed" : "crashed",
                       signal, strsignal(signal));
  }
  if (WEXITSTATUS(status) == kOutOfMemory) {
    return fmt::format("out of memory in its registration (limited to {} GiB)", kMostMemory >> 30);
  }
  return fmt::format("ended with exit code {} in its registration", WEXITSTATUS(status));
}

class FirstLoad {
 public:
  explicit FirstLoad(std::span<const fs::path> files) : size_(files.size()) {
    const pid_t parent = getpid();
    child_ = fork();
    if (child_ == 0) load_all(files, done_, parent);
    if (child_ < 0) {
      throw Error(ErrorKind::environment, "", fmt::format("cannot start a process: {}", strerror(errno)));
    }
  }

  // How many libraries came to the end of their registration, and what the next one did instead.
  std::pair<std::size_t, std::string> result() const {
    const std::optional<int> status = await();
    if (*done_ == size_) return {size_, ""};
    if (status) return {*done_, how_it_ended(*status)};
    return {*done_, fmt::format("did not end within {} s in its registration", kMostTime.count())};
  }

 private:
  // Nothing where it had to be ended: no library came to its end for too long.
  std::optional<int> await() const {
    constexpr int kTickMilliseconds = 1;
    auto begun = std::chrono::steady_clock::now();
    int status = 0;
    for (std::size_t done = 0; waitpid(child_, &status, WNOHANG) == 0; poll(nullptr, 0, kTickMilliseconds)) {
      const auto now = std::chrono::steady_clock::now();
      const std::size_t ended = *done_;
      if (std::exchange(done, ended) != ended) begun = now;
      if (now - begun < kMostTime) continue;
      kill(child_, SIGKILL);
      waitpid(child_, &status, 0);
      return std::nullopt;
    }
    return status;
  }

  std::size_t size_;
  Count done_;
  pid_t child_ = -1;
};

}  // namespace

std::map<fs::path, std::string> dangers_of_loading(std::span<const fs::path> files) {
  std::map<fs::path, std::string> dangers;
  while (!files.empty()) {
    auto [harmless, danger] = FirstLoad(files).result();
    if (harmless < files.size()) dangers.emplace(files[harmless++], std::move(danger));
    files = files.subspan(harmless);
  }
  return dangers;
}

}  // namespace spanlab::host
