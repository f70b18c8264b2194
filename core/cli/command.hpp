// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <iosfwd>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/places.hpp"
#include "cli/arguments.hpp"
#include "run/exit_code.hpp"

namespace spanlab::host::cli {

/// What every command gets: streams and the common options.
struct Context {
  std::ostream& out;  ///< data
  std::ostream& err;  ///< progress and diagnostics
  app::Places places = {};
  bool json = false;
  bool quiet = false;
  bool color = false;      ///< on `out`
  bool err_color = false;  ///< on `err`
  int columns = 80;        ///< of the terminal on standard output

  /// Lines on `err`.
  app::Notes notes() const;
  /// Lines on `err`, unless the command line asked for quiet.
  app::Notes progress() const;
};

enum class Listing { shown, hidden };

/// What help and documents say about a command.
struct CommandText {
  std::string name;                   ///< `run`; `data list` for two words
  std::string synopsis;               ///< `STUDY.lua [--jobs N]`
  std::string summary;                ///< one line
  std::vector<std::string> examples;  ///< two
  Listing listing = Listing::shown;   ///< hidden: what the program starts itself
};

/// One subcommand. Errors leave it as exceptions; the program turns them into messages and exit codes.
struct Command : CommandText {
  using Action = std::function<ExitCode(Context&)>;

  /// Declares the command's arguments and options. The answer runs the command with the values that were read
  /// by then.
  std::function<Action(Arguments&)> bind;
};

/// A command whose options are the members of a struct.
template <typename Options>
Command make_command(CommandText text, void (*declare)(Arguments&, Options&),
                     ExitCode (*run)(const Options&, Context&)) {
  return {std::move(text), [declare, run](Arguments& arguments) -> Command::Action {
            const auto options = std::make_shared<Options>();
            declare(arguments, *options);
            return [options, run](Context& context) { return run(*options, context); };
          }};
}

/// A command without arguments and options of its own.
inline Command make_command(CommandText text, ExitCode (*run)(Context&)) {
  return {std::move(text), [run](Arguments&) -> Command::Action { return run; }};
}

}  // namespace spanlab::host::cli
