// SPDX-License-Identifier: MIT
#include "cli/help.hpp"

#include <ostream>
#include <sstream>

#include "cli/options.hpp"

namespace spanlab::host::cli {

namespace {

constexpr std::size_t kColumns = 80;

// `text` broken at blanks, with `indent` spaces before every line but the first.
std::string wrapped(const std::string& text, std::size_t indent) {
  std::string lines;
  std::size_t column = indent;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    if (column > indent && column + 1 + word.size() > kColumns) {
      lines += '\n' + std::string(indent, ' ');
      column = indent;
    }
    if (column > indent) {
      lines += ' ';
      ++column;
    }
    lines += word;
    column += word.size();
  }
  return lines;
}

void print_entry(std::ostream& out, const std::string& left, const std::string& text, std::size_t width) {
  out << "  " << left;
  if (left.size() + 4 > width) {
    out << '\n' << std::string(width, ' ');
  } else {
    out << std::string(width - left.size() - 2, ' ');
  }
  out << wrapped(text, width) << '\n';
}

void print_options(std::ostream& out, const std::string& title, const Arguments& arguments) {
  if (arguments.options().empty()) return;
  out << '\n' << title << '\n';
  for (const OptionText& option : arguments.options()) print_entry(out, usage_of(option), option.doc, 24);
}

// `Exit codes: 0 done, 1 …`.
std::string exit_codes() {
  std::string text = "Exit codes:";
  for (const ExitMeaning& meaning : exit_meanings()) {
    const char* separator = meaning.code == ExitCode::done ? "" : ",";
    text += fmt::format("{} {} {}", separator, static_cast<int>(meaning.code), meaning.text);
  }
  return text + '.';
}

}  // namespace

std::string usage_of(const OptionText& option) {
  std::string text = option.letter ? fmt::format("-{}, ", option.letter) : "";
  text += "--" + option.name;
  if (!option.placeholder.empty()) text += ' ' + option.placeholder;
  if (!option.otherwise.empty()) text += fmt::format(" (={})", option.otherwise);
  return text;
}

void print_program_help(std::ostream& out, const std::vector<Command>& commands) {
  out << "usage: spanlab COMMAND [ARGUMENTS] [OPTIONS]\n\n"
      << wrapped(
             "A workbench for ablation studies of joint entity and relation extraction: one Lua file names "
             "the components of a "
             "model and what to vary; trials are trained in processes of their own; tables and charts come "
             "out.",
             0)
      << "\n\nCommands:\n";
  for (const Command& command : commands) {
    if (command.listing == Listing::shown) print_entry(out, command.name, command.summary, 18);
  }
  out << "\n  spanlab COMMAND --help   options and examples of a command\n"
      << "  spanlab --version        versions of the program, LibTorch and the plugin door\n\n"
      << wrapped(
             "A corpus or an encoder of your own is a card beside its folder, found by --data-path: "
             "docs/data.md shows it by example. "
             "A component of your own is a plugin: docs/plugins.md.",
             0)
      << "\n\n"
      << "Examples:\n  spanlab run experiments/quickstart.lua\n  spanlab plan experiments/quickstart.lua "
         "--seeds 1..5\n\n"
      << wrapped(exit_codes(), 0) << '\n';
}

void print_command_help(std::ostream& out, const Command& command) {
  const std::string usage = "usage: spanlab " + command.name + ' ';
  Arguments own, common;
  CommonOptions unused;
  command.bind(own);
  declare_common(common, unused);
  out << usage << wrapped(command.synopsis, usage.size()) << "\n\n" << wrapped(command.summary, 0) << '\n';
  print_options(out, "Options:", own);
  print_options(out, "Common options:", common);
  out << "\nExamples:\n";
  for (const std::string& example : command.examples) out << "  " << example << '\n';
}

}  // namespace spanlab::host::cli
