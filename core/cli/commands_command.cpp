// SPDX-License-Identifier: MIT
// docs/commands.md, from the table of commands.
#include <algorithm>
#include <ostream>

#include "cli/commands.hpp"
#include "cli/help.hpp"
#include "cli/options.hpp"

namespace spanlab::host::cli {

namespace {

// A text in a cell of a table.
std::string cell(std::string_view text) {
  std::string result;
  for (char c : text) result += c == '|' ? std::string("\\|") : std::string(1, c);
  return result;
}

std::string sentence(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text + '.';
}

void print_declared(std::ostream& out, const Arguments& arguments) {
  if (arguments.arguments().empty() && arguments.options().empty()) return;
  out << "\n| | |\n| --- | --- |\n";
  for (const ArgumentText& argument : arguments.arguments()) {
    out << fmt::format("| {} | {} |\n", argument.name, cell(argument.doc));
  }
  for (const OptionText& option : arguments.options()) {
    out << fmt::format("| `{}` | {} |\n", cell(usage_of(option)), cell(option.doc));
  }
}

void print_command(std::ostream& out, const Command& command) {
  Arguments arguments;
  command.bind(arguments);
  const std::string synopsis = command.synopsis.empty() ? "" : ' ' + command.synopsis;
  out << fmt::format("\n### {0}\n\n    spanlab {0}{1}\n\n{2}\n", command.name, synopsis,
                     sentence(command.summary));
  print_declared(out, arguments);
  out << "\nExamples:\n\n";
  for (const std::string& example : command.examples) out << "    " << example << '\n';
}

// `data list` → `data-list`, as Markdown calls the heading.
std::string anchor(std::string name) {
  std::ranges::replace(name, ' ', '-');
  return name;
}

void print_list(std::ostream& out, const std::vector<Command>& commands) {
  out << "\n| command | |\n| --- | --- |\n";
  for (const Command& command : commands) {
    if (command.listing == Listing::shown) {
      out << fmt::format("| [`{}`](#{}) | {} |\n", command.name, anchor(command.name), cell(command.summary));
    }
  }
}

void print_exit_codes(std::ostream& out) {
  out << "\n## Exit codes\n\n| code | meaning |\n| --- | --- |\n";
  for (const ExitMeaning& meaning : exit_meanings()) {
    out << fmt::format("| {} | {} |\n", static_cast<int>(meaning.code), meaning.text);
  }
}

void print_common_options(std::ostream& out) {
  Arguments common;
  CommonOptions unused;
  declare_common(common, unused);
  out << "\n## Options of all commands\n";
  print_declared(out, common);
}

ExitCode print_commands(Context& context) {
  const std::vector<Command> commands = all_commands();
  std::ostream& out = context.out;
  out << "# Commands\n\n"
         "This file is written by `spanlab commands`, from the table that `--help` is made from.\n\n"
         "STUDY is a script, the name of a study in the run store (its newest plan) or of one of its plans\n"
         "(NAME/quick, NAME/all), TRIAL the beginning of a trial's hash. Data\n"
         "go to standard output; progress, messages and the next useful command to standard error.\n";
  print_list(out, commands);
  print_common_options(out);
  print_exit_codes(out);
  out << "\n## Each command\n";
  for (const Command& command : commands) {
    if (command.listing == Listing::shown) print_command(out, command);
  }
  return ExitCode::done;
}

}  // namespace

Command commands_command() {
  return make_command({.name = "commands",
                       .synopsis = "",
                       .summary = "print the reference of all commands, as docs/commands.md has it",
                       .examples = {"spanlab commands > docs/commands.md", "spanlab commands | less"},
                       .listing = Listing::hidden},
                      print_commands);
}

}  // namespace spanlab::host::cli
