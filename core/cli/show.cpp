// SPDX-License-Identifier: MIT
#include "app/show.hpp"

#include <algorithm>
#include <ostream>

#include "cli/commands.hpp"
#include "cli/options.hpp"
#include "store/labels.hpp"

namespace spanlab::host::cli {

using nlohmann::json;

namespace {

void print(const std::vector<app::ShownValue>& lines, bool with_origin, std::ostream& out) {
  std::size_t path_width = 0, value_width = 0;
  for (const app::ShownValue& line : lines) {
    path_width = std::max(path_width, line.path.size());
    value_width = std::max(value_width, value_label(line.value, {}).size());
  }
  value_width = std::min<std::size_t>(value_width, 24);
  for (const app::ShownValue& line : lines) {
    const std::string value = value_label(line.value, {});
    if (with_origin) {
      out << fmt::format("{:<{}}  {:<{}}  {}\n", line.path, path_width, value, value_width, line.origin);
    } else {
      out << fmt::format("{:<{}}  {}\n", line.path, path_width, value);
    }
  }
}

void print_json(const std::vector<app::ShownValue>& lines, bool with_origin, std::ostream& out) {
  json values = json::array();
  for (const app::ShownValue& line : lines) {
    values.push_back({{"path", line.path}, {"value", line.value}});
    if (with_origin) values.back()["origin"] = line.origin;
  }
  out << values.dump(2) << '\n';
}

struct ShowOptions {
  app::ScriptOptions script;
  bool origin = false;
};

void declare(Arguments& arguments, ShowOptions& options) {
  declare_script(arguments, options.script);
  arguments.argument_takes(Takes::study_or_trial);
  arguments.flag("origin", options.origin, "print where each value came from as well");
}

ExitCode show(const ShowOptions& options, Context& context) {
  const std::vector<app::ShownValue> lines =
      app::show_configuration(options.script, context.places, context.notes());
  if (context.json) {
    print_json(lines, options.origin, context.out);
  } else {
    print(lines, options.origin, context.out);
  }
  return ExitCode::done;
}

}  // namespace

Command show_command() {
  return make_command(
      {.name = "show",
       .synopsis = "STUDY|TRIAL",
       .summary = "print the configuration of a study's base model or of a trial, and its numbers of "
                  "parameters once trained",
       .examples = {"spanlab show experiments/negatives.lua --origin --set train.epochs=1",
                    "spanlab show 3fa9c1 --json"}},
      declare, show);
}

}  // namespace spanlab::host::cli
