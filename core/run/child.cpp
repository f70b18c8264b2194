// SPDX-License-Identifier: MIT
#include "run/child.hpp"

#include <fcntl.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>

namespace spanlab::host {

namespace {

// Between fork and exec only what is safe in a signal handler may be called: all is laid out before.
struct Prepared {
  const char* program;
  std::vector<char*> arguments;
  std::vector<char*> environment;
  const char* log;
  cpu_set_t cores;
  bool pinned;
  std::vector<int> inherited;
  pid_t parent;
};

[[noreturn]] void become(const Prepared& prepared) {
  setpgid(0, 0);
  signal(SIGTERM, SIG_DFL);  // how its parent ends it, also where the parent was started with SIGTERM ignored
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != prepared.parent) _exit(Child::kCannotStart);
  // Without waiting: a pipe that nobody reads is no log.
  constexpr int kLogFlags = O_WRONLY | O_CREAT | O_APPEND | O_NONBLOCK;
  int null = open("/dev/null", O_RDONLY);
  int log = open(prepared.log, kLogFlags, 0666);
  if (null < 0 || log < 0) _exit(Child::kCannotLog);
  dup2(null, STDIN_FILENO);
  dup2(log, STDOUT_FILENO);
  dup2(log, STDERR_FILENO);
  if (null > STDERR_FILENO) close(null);
  if (log > STDERR_FILENO) close(log);
  if (prepared.pinned) sched_setaffinity(0, sizeof prepared.cores, &prepared.cores);
  for (const int descriptor : prepared.inherited) fcntl(descriptor, F_SETFD, 0);
  execve(prepared.program, prepared.arguments.data(), prepared.environment.data());
  const char* reason = strerrordesc_np(errno);
  constexpr char kText[] = "the program cannot be started: ";
  if (write(STDERR_FILENO, kText, sizeof kText - 1) > 0 && write(STDERR_FILENO, reason, strlen(reason)) > 0) {
    if (write(STDERR_FILENO, "\n", 1) < 0) _exit(Child::kCannotStart);
  }
  _exit(Child::kCannotStart);
}

}  // namespace

std::string time_text(std::chrono::seconds time) {
  const auto seconds = time.count();
  if (seconds % 3600 == 0) return fmt::format("{} h", seconds / 3600);
  if (seconds % 60 == 0) return fmt::format("{} min", seconds / 60);
  return fmt::format("{} s", seconds);
}

std::string end_text(const ChildEnd& end) {
  if (end.stuck.count() > 0) {
    return fmt::format("hung{}: ended after {} without progress (--stuck)", end.calls, time_text(end.stuck));
  }
  if (end.signal == 0) return fmt::format("ended with exit code {}{}", end.exit_code, end.calls);
  const std::string signal = fmt::format("signal {} ({}){}", end.signal, strsignal(end.signal), end.calls);
  if (end.signal != SIGKILL) return "crashed by " + signal;
  return "killed by " + signal + ": by a user, or by the system for want of memory";
}

Child::Child(const ChildSetup& setup) {
  std::vector<std::string> texts{setup.program.string()};
  texts.insert(texts.end(), setup.arguments.begin(), setup.arguments.end());
  Prepared prepared{setup.program.c_str(), {},      {}, setup.log.c_str(), {}, !setup.cores.empty(),
                    setup.inherited,       getpid()};
  for (std::string& text : texts) prepared.arguments.push_back(text.data());
  prepared.arguments.push_back(nullptr);
  std::vector<std::string> added = setup.environment;
  std::erase_if(
      added, [](const std::string& entry) { return std::getenv(entry.substr(0, entry.find('=')).c_str()); });
  for (char** entry = environ; *entry; ++entry) prepared.environment.push_back(*entry);
  for (std::string& entry : added) prepared.environment.push_back(entry.data());
  prepared.environment.push_back(nullptr);
  CPU_ZERO(&prepared.cores);
  for (int core : setup.cores) CPU_SET(core, &prepared.cores);
  id_ = fork();
  if (id_ == 0) become(prepared);
  if (id_ < 0) throw CannotStart(std::strerror(errno));
}

Child::~Child() {
  if (ended_) return;
  send(SIGKILL);
  waitpid(id_, nullptr, 0);
}

std::optional<ChildEnd> Child::ended() {
  int status = 0;
  rusage used{};
  if (ended_ || wait4(id_, &status, WNOHANG, &used) != id_) return std::nullopt;
  ended_ = true;
  ChildEnd end;
  end.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  end.exit_code = end.signal ? 128 + end.signal : WEXITSTATUS(status);
  end.peak_memory = std::int64_t{used.ru_maxrss} * 1024;
  return end;
}

void Child::send(int signal) const {
  if (!ended_) kill(id_, signal);
}

}  // namespace spanlab::host
