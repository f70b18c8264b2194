// SPDX-License-Identifier: MIT
#include "run/signals.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "spanlab/error.hpp"

namespace spanlab::host {

namespace {

// A signal handler can reach nothing else. Both are set and cleared by the one Signals object.
std::atomic<int> interrupt_count{0};
std::atomic<int> wake_descriptor{-1};

constexpr std::array<int, 5> kHandled{SIGINT, SIGTERM, SIGHUP, SIGCHLD, SIGWINCH};

bool is_request(int signal) { return signal != SIGCHLD && signal != SIGWINCH; }

extern "C" void spanlab_on_signal(int signal) {
  int saved = errno;
  if (is_request(signal)) ++interrupt_count;
  char byte = 0;
  if (write(wake_descriptor, &byte, 1) < 0) errno = saved;  // a full pipe wakes as well
  errno = saved;
}

}  // namespace

Signals::Signals() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) {
    throw Error(ErrorKind::environment, "pipe", std::strerror(errno));
  }
  read_end_ = ends[0];
  write_end_ = ends[1];
  interrupt_count = 0;
  wake_descriptor = write_end_;
  struct sigaction action{};
  action.sa_handler = spanlab_on_signal;
  action.sa_flags = SA_RESTART;
  for (int signal : kHandled) {
    struct sigaction before{};
    sigaction(signal, nullptr, &before);
    if (before.sa_handler == SIG_IGN && is_request(signal)) continue;
    before_.emplace_back(signal, before);
    sigaction(signal, &action, nullptr);
  }
}

Signals::~Signals() {
  for (const auto& [signal, before] : before_) sigaction(signal, &before, nullptr);
  wake_descriptor = -1;
  close(read_end_);
  close(write_end_);
}

int Signals::interrupts() const { return interrupt_count; }

void Signals::wait(int milliseconds) {
  pollfd readable{read_end_, POLLIN, 0};
  poll(&readable, 1, milliseconds);
  std::array<char, 64> bytes;
  while (read(read_end_, bytes.data(), bytes.size()) > 0) {
  }
}

}  // namespace spanlab::host
