// SPDX-License-Identifier: MIT
// What stands at a path of the language: help train.epochs, help entity.sampler, help study.
#include <fmt/ranges.h>

#include <algorithm>
#include <ostream>

#include "app/topic.hpp"
#include "cli/commands.hpp"
#include "cli/help.hpp"
#include "cli/options.hpp"
#include "cli/parameter_text.hpp"
#include "cli/text.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host::cli {

using nlohmann::ordered_json;

namespace {

void print_json(const std::string& path, const app::Topic& topic, std::ostream& out) {
  ordered_json keys = ordered_json::object(), parameters = ordered_json::array();
  for (const auto& [key, text] : topic.keys) keys[key] = text;
  for (const app::TopicParameter& one : topic.parameters) {
    parameters.push_back(describe(one.parameter));
    if (!one.owner.empty()) parameters.back()["of"] = one.owner;
  }
  const ordered_json all{{"path", path}, {"text", topic.text}, {"keys", keys}, {"parameters", parameters}};
  out << printed(all) << '\n';
}

void print(const app::Topic& topic, const Context& context) {
  if (!topic.text.empty()) print_hanging(context.out, "", topic.text, context.columns);
  for (const auto& [key, text] : topic.keys) {
    print_hanging(context.out, fmt::format("  {:<12} ", key), text, context.columns);
  }
  for (const app::TopicParameter& one : topic.parameters) {
    print_parameter(context.out, one.name(), one.parameter, context.columns);
  }
}

void print_markdown(const app::Topic& topic, std::ostream& out) {
  if (!topic.text.empty()) out << topic.text << "\n\n";
  for (const auto& [key, text] : topic.keys) out << fmt::format("* `{}`: {}\n", key, text);
  if (!topic.keys.empty()) out << '\n';
  std::vector<Parameter> parameters;
  for (const app::TopicParameter& one : topic.parameters) {
    parameters.push_back(one.parameter);
    parameters.back().name = one.name();
  }
  if (!parameters.empty()) out << markdown_table(parameters);
}

struct HelpOptions {
  std::vector<std::string> words;
  std::string format = "text";
};

void print_topic(const std::string& path, Format format, const Context& context) {
  const app::Topic topic = app::find_topic(path, app::load_registry(context.places));
  switch (format) {
    case Format::json:
      return print_json(path, topic, context.out);
    case Format::markdown:
      return print_markdown(topic, context.out);
    case Format::text:
      return print(topic, context);
  }
}

void declare(Arguments& arguments, HelpOptions& options) {
  arguments.argument("words", options.words, 2, "a path, the last name of one, or a command");
  arguments.argument_takes(Takes::topic);
  declare_format(arguments, options.format);
}

ExitCode help(const HelpOptions& options, Context& context) {
  const std::vector<Command> commands = all_commands();
  const std::string given = fmt::format("{}", fmt::join(options.words, " "));
  const auto command = std::ranges::find(commands, given, &Command::name);
  if (given.empty()) {
    print_program_help(context.out, commands);
  } else if (command != commands.end() && given != "data") {
    print_command_help(context.out, *command);
  } else if (options.words.size() > 1) {
    throw Error(ErrorKind::usage, "", fmt::format("no command '{}'; 'spanlab --help' lists them", given));
  } else {
    print_topic(given, format_of(options.format, context), context);
  }
  return ExitCode::done;
}

}  // namespace

Command help_command() {
  return make_command({.name = "help",
                       .synopsis = "[PATH | COMMAND]",
                       .summary = "what stands at a path of a study, or how a command is used",
                       .examples = {"spanlab help train.epochs", "spanlab help entity.sampler"}},
                      declare, help);
}

}  // namespace spanlab::host::cli
