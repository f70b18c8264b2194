// SPDX-License-Identifier: MIT
#include "run/exit_code.hpp"

namespace spanlab::host {

namespace {

constexpr ExitMeaning kMeanings[] = {
    {ExitCode::done, "done"},
    {ExitCode::trials_failed, "some trials failed"},
    {ExitCode::usage, "usage or script"},
    {ExitCode::plugin, "plugin"},
    {ExitCode::data, "data"},
    {ExitCode::environment, "environment"},
    {ExitCode::interrupted, "interrupted and resumable"},
};

}  // namespace

std::span<const ExitMeaning> exit_meanings() { return kMeanings; }

ExitCode exit_code_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::usage:
      return ExitCode::usage;
    case ErrorKind::plugin:
      return ExitCode::plugin;
    case ErrorKind::data:
      return ExitCode::data;
    case ErrorKind::environment:
      return ExitCode::environment;
    case ErrorKind::trial:
      return ExitCode::trials_failed;
  }
  return ExitCode::environment;
}

bool tells_error(int exit_code) {
  return exit_code >= static_cast<int>(ExitCode::usage) &&
         exit_code <= static_cast<int>(ExitCode::environment);
}

ErrorKind error_kind(int exit_code) {
  for (ErrorKind kind : {ErrorKind::usage, ErrorKind::plugin, ErrorKind::data}) {
    if (static_cast<int>(exit_code_of(kind)) == exit_code) return kind;
  }
  return ErrorKind::environment;
}

}  // namespace spanlab::host
