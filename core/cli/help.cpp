// SPDX-License-Identifier: MIT
#include "cli/help.hpp"

#include <boost/program_options/cmdline.hpp>
#include <ostream>
#include <sstream>

namespace spanlab::cli {

namespace po = boost::program_options;

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

void print_options(std::ostream& out, const std::string& title, const po::options_description& options,
                   const po::positional_options_description& positional) {
  bool first = true;
  for (const auto& option : options.options()) {
    if (is_positional(positional, option->long_name())) continue;
    if (first) out << '\n' << title << '\n';
    first = false;
    std::string short_name = option->canonical_display_name(po::command_line_style::allow_dash_for_short);
    std::string left =
        short_name.starts_with("--") || short_name.size() != 2 ? std::string() : short_name + ", ";
    left += "--" + option->long_name();
    if (option->semantic()->max_tokens() > 0) left += ' ' + option->semantic()->name();
    print_entry(out, left, option->description(), 24);
  }
}

}  // namespace

bool is_positional(const po::positional_options_description& positional, const std::string& name) {
  unsigned count = std::min(positional.max_total_count(), 16u);
  for (unsigned i = 0; i < count; ++i) {
    if (positional.name_for_position(i) == name) return true;
  }
  return false;
}

void print_program_help(std::ostream& out, const std::vector<std::unique_ptr<Command>>& commands) {
  out << "usage: spanlab COMMAND [ARGUMENTS] [OPTIONS]\n\n"
      << wrapped(
             "A workbench for ablation studies of joint entity and relation extraction: one Lua file names "
             "the components of a "
             "model and what to vary; trials are trained in processes of their own; tables and charts come "
             "out.",
             0)
      << "\n\nCommands:\n";
  for (const auto& command : commands) {
    if (!command->hidden()) print_entry(out, command->name(), command->summary(), 18);
  }
  out << "\n  spanlab COMMAND --help   options and examples of a command\n"
      << "  spanlab --version        versions of the program, LibTorch and the plugin door\n\n"
      << wrapped(
             "A corpus or an encoder of your own is a card beside its folder, found by --data-path: "
             "docs/data.md shows it by example. "
             "A component of your own is a plugin: plugins/README.md.",
             0)
      << "\n\n"
      << "Examples:\n  spanlab run experiments/quickstart.lua\n  spanlab plan experiments/quickstart.lua "
         "--seeds 1..5\n\n"
      << wrapped(
             "Exit codes: 0 done, 1 some trials failed, 2 usage or script, 3 plugin, 4 data, 5 environment, "
             "130 interrupted and "
             "resumable.",
             0)
      << '\n';
}

void print_command_help(std::ostream& out, const Command& command, const po::options_description& own,
                        const po::options_description& common,
                        const po::positional_options_description& positional) {
  std::string usage = "usage: spanlab " + command.name() + ' ';
  out << usage << wrapped(command.synopsis(), usage.size()) << "\n\n"
      << wrapped(command.summary(), 0) << '\n';
  print_options(out, "Options:", own, positional);
  print_options(out, "Common options:", common, positional);
  out << "\nExamples:\n";
  for (const std::string& example : command.examples()) out << "  " << example << '\n';
}

}  // namespace spanlab::cli
