// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string_view>

#include "spanlab/error.hpp"

namespace spanlab::host {

/// How a process of the program ends. What a command, a trial's process and the checks before a run answer,
/// what the launcher reads, and what help and documents say is this list.
enum class ExitCode {
  done = 0,
  trials_failed = 1,  ///< of a trial's own process: the trial failed
  usage = 2,          ///< the command line or a script
  plugin = 3,
  data = 4,
  environment = 5,
  interrupted = 130,  ///< by a signal, as a shell says it; what is finished is kept
};

/// A code and what it means to who ran a command.
struct ExitMeaning {
  ExitCode code;
  std::string_view text;
};

/// All of them, in rising order.
SPANLAB_API std::span<const ExitMeaning> exit_meanings();

/// How a process ends on an error that nothing caught before.
SPANLAB_API ExitCode exit_code_of(ErrorKind kind);

/// Whether a process that ends with this number says of itself that an error ended it which holds for others
/// too.
SPANLAB_API bool tells_error(int exit_code);

/// The kind of such an error; `environment` for every other number.
SPANLAB_API ErrorKind error_kind(int exit_code);

}  // namespace spanlab::host
