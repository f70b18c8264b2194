// SPDX-License-Identifier: MIT
#include "cli/program.hpp"

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <new>

#include "app/version.hpp"
#include "cli/commands.hpp"
#include "cli/help.hpp"
#include "cli/options.hpp"
#include "sdk/crash_handler.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host::cli {

namespace {

using Commands = std::vector<Command>;

[[noreturn]] void fail_unknown_command(const Commands& commands, const std::vector<std::string>& arguments) {
  std::vector<std::string> known;
  std::vector<std::string> group;
  for (const Command& command : commands) {
    if (command.listing == Listing::hidden) continue;
    known.push_back(command.name);
    if (command.name.starts_with(arguments[0] + ' ')) group.push_back(command.name);
  }
  if (!group.empty()) {
    std::string second = arguments.size() > 1 ? arguments[1] : std::string();
    std::string given = second.empty() ? arguments[0] : arguments[0] + ' ' + second;
    std::string hint = did_you_mean(given, group);
    throw Error(ErrorKind::usage, "",
                fmt::format("no command '{}'{}\n   commands: {}", given, hint, fmt::join(group, ", ")));
  }
  throw Error(ErrorKind::usage, "",
              fmt::format("no command '{}'{}\n   'spanlab --help' lists them", arguments[0],
                          did_you_mean(arguments[0], known)));
}

ExitCode run_command(const Command& command, const std::vector<std::string>& words, Context& context) {
  const auto end = std::ranges::find(words, "--");  // behind it stands no option
  if (std::find(words.begin(), end, "--help") != end) {
    print_command_help(context.out, command);
    return ExitCode::done;
  }
  Arguments arguments;
  CommonOptions common;
  const Command::Action action = command.bind(arguments);
  declare_common(arguments, common);
  arguments.read(words);
  apply_common(common, context);
  return action(context);
}

// Help for `spanlab data --help`, where `data` begins the names of several commands.
bool print_group_help(const Commands& commands, const std::vector<std::string>& arguments, Context& context) {
  if (arguments.size() != 2 || arguments[1] != "--help") return false;
  bool found = false;
  for (const Command& command : commands) {
    if (!command.name.starts_with(arguments[0] + ' ')) continue;
    context.out << (found ? "       " : "usage: ") << "spanlab " << command.name << ' ' << command.synopsis
                << '\n';
    found = true;
  }
  return found;
}

ExitCode dispatch(const Commands& commands, const std::vector<std::string>& arguments, Context& context) {
  if (arguments.empty()) {
    print_program_help(context.err, commands);
    return ExitCode::usage;
  }
  if (arguments[0] == "--help" || arguments[0] == "-h") {
    print_program_help(context.out, commands);
    return ExitCode::done;
  }
  if (arguments[0] == "--version") {
    context.out << app::version_text();
    return ExitCode::done;
  }
  auto [command, words] = find_command(commands, arguments);
  if (command) return run_command(*command, {arguments.begin() + words, arguments.end()}, context);
  if (arguments[0].starts_with('-')) {
    throw Error(ErrorKind::usage, "",
                fmt::format("expected a command, got the option '{}': options stand after the command",
                            arguments[0]));
  }
  if (print_group_help(commands, arguments, context)) return ExitCode::done;
  fail_unknown_command(commands, arguments);
}

constexpr int kMostColumns = 10'000;

int terminal_columns() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  const char* columns = std::getenv("COLUMNS");
  int value = columns ? std::atoi(columns) : 0;
  return value > 0 ? std::min(value, kMostColumns) : 80;
}

// The reader of standard output has gone (`spanlab ls | head`), which is its right.
bool reader_closed() {
  pollfd out{STDOUT_FILENO, POLLOUT, 0};
  return poll(&out, 1, 0) == 1 && (out.revents & POLLERR);
}

}  // namespace

ExitCode run_program(const std::vector<std::string>& arguments, Context& context) {
  try {
    return dispatch(all_commands(), arguments, context);
  } catch (...) {
    return report_exception(context);
  }
}

int main_of(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  handle_crashes();
  std::error_code ignored;
  Context context{std::cout, std::cerr};
  context.places.program = std::filesystem::read_symlink("/proc/self/exe", ignored);
  context.columns = terminal_columns();
  ExitCode code = run_program({argv + std::min(argc, 1), argv + argc}, context);
  if (!std::cout.flush() && !reader_closed()) {
    std::cerr << "spanlab: standard output could not be written\n";
    code = ExitCode::environment;
  }
  return static_cast<int>(code);
}

}  // namespace spanlab::host::cli
