// SPDX-License-Identifier: MIT
#pragma once

#include <sys/types.h>

#include <chrono>
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
  std::vector<int> inherited;            ///< descriptors that it keeps
  std::vector<std::string> environment;  ///< NAME=value, for names that this process's own environment lacks
};

/// How a process ended.
struct ChildEnd {
  int exit_code = 0;  ///< 128 + signal where a signal ended it, as a shell says it
  int signal = 0;
  std::int64_t peak_memory = 0;  ///< bytes
  std::string calls = {};  ///< what it was in, see CallPage::last_calls(); empty where that is not known
  std::chrono::seconds stuck{0};  ///< without progress, after which it was ended as hanging; 0: it was not
};

/// As `crashed by signal 11 (Segmentation fault) in loss/bce of /path/bce.so, forward`.
SPANLAB_API std::string end_text(const ChildEnd& end);

/// `90 s`, `10 min`, `2 h`.
std::string time_text(std::chrono::seconds time);

/// The system gives no process.
class SPANLAB_API CannotStart : public Error {
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
