// SPDX-License-Identifier: MIT
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "spanlab/error.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host {

/// How a process is started.
struct ChildSetup {
  std::filesystem::path program;
  std::vector<std::string> arguments;    ///< without the program's name
  std::filesystem::path log;             ///< its standard output and error are appended here
  std::vector<int> cores;                ///< it and its threads stay on these; empty: anywhere
  int inherited = -1;                    ///< a descriptor that it keeps
  std::vector<std::string> environment;  ///< NAME=value, for names that this process's own environment lacks
};

/// How a process ended.
struct ChildEnd {
  int exit_code = 0;  ///< 128 + signal where a signal ended it, as a shell says it
  int signal = 0;
  std::int64_t peak_memory = 0;  ///< bytes
};

/// `killed by signal 9 (Killed)` or `crashed by signal 11 (Segmentation fault)`, of a process that a signal
/// ended.
std::string signal_text(const ChildEnd& end);

/// The system gives no process.
class CannotStart : public Error {
 public:
  explicit CannotStart(const std::string& reason)
      : Error(ErrorKind::environment, "", "cannot start a process: " + reason) {}
};

/// A process that ends with this one, however this one ends. It is in a group of its own, so that ctrl-C
/// reaches this process alone.
class SPANLAB_API Child {
 public:
  /// How a program ends that cannot be executed; its log has the reason.
  static constexpr int kCannotStart = 127;
  /// How it ends where the log cannot be opened.
  static constexpr int kCannotLog = 126;

  /// Throws CannotStart.
  explicit Child(const ChildSetup& setup);
  Child(Child&& other) noexcept : id_(other.id_), ended_(other.ended_) { other.ended_ = true; }
  Child& operator=(Child&& other) noexcept {
    std::swap(id_, other.id_);
    std::swap(ended_, other.ended_);
    return *this;
  }
  /// Kills it where it still runs.
  ~Child();

  pid_t id() const { return id_; }
  /// How it ended, or nothing while it runs. Does not wait.
  std::optional<ChildEnd> ended();
  void send(int signal) const;

 private:
  pid_t id_ = -1;
  bool ended_ = false;
};

}  // namespace spanlab::host
