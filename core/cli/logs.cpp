// SPDX-License-Identifier: MIT
#include "app/logs.hpp"

#include <unistd.h>

#include <ostream>

#include "cli/commands.hpp"
#include "cli/text.hpp"

namespace spanlab::host::cli {

namespace {

void declare(Arguments& arguments, app::LogsOptions& options) {
  arguments.argument("trial", options.trial, "unique prefix of a trial's hash");
  arguments.argument_takes(Takes::trial);
  arguments.flag("follow,f", options.follow, "go on printing until the trial ends");
  arguments.option("attempt", "N", options.attempt, "which attempt (default: the newest)");
}

ExitCode logs(const app::LogsOptions& options, Context& context) {
  // A plugin may print anything; a terminal gets text.
  const bool terminal = isatty(STDOUT_FILENO) != 0;
  app::read_log(options, context.places, [&](std::string_view bytes) {
    if (terminal) {
      context.out << printable_lines(bytes);
    } else {
      context.out << bytes;
    }
    context.out << std::flush;
    return static_cast<bool>(context.out);
  });
  return ExitCode::done;
}

}  // namespace

Command logs_command() {
  return make_command({.name = "logs",
                       .synopsis = "TRIAL [--follow] [--attempt N]",
                       .summary = "the log of a trial, of its newest attempt unless told otherwise",
                       .examples = {"spanlab logs 1a2b3c4d", "spanlab logs 1a2b3c4d -f"}},
                      declare, logs);
}

}  // namespace spanlab::host::cli
