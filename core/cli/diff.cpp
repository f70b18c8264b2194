// SPDX-License-Identifier: MIT
#include <algorithm>
#include <ostream>

#include "app/configuration_diff.hpp"
#include "cli/commands.hpp"
#include "text/terminal_text.hpp"

namespace spanlab::host::cli {

namespace {

struct DiffOptions {
  std::string a;
  std::string b;
};

void declare(Arguments& arguments, DiffOptions& options) {
  arguments.argument("a", options.a,
                     "the beginning of a trial's hash, a row of a study as STUDY:ROW, or a study");
  arguments.argument_takes(Takes::trials);
  arguments.argument("b", options.b, "the same");
  arguments.argument_takes(Takes::trials);
}

void print(const app::ConfigurationDiff& diff, const Context& context) {
  if (diff.differences.empty()) {
    context.out << "the configurations are the same\n";
    return;
  }
  std::size_t paths = 0, values = 0;
  for (const app::ConfigurationDifference& one : diff.differences) {
    paths = std::max(paths, one.path.size());
    values = std::max(values, display_width(one.a));
  }
  const auto columns = static_cast<std::size_t>(std::max(context.columns, 80));
  paths = std::min(paths, columns / 2);
  values = std::min(std::max(values, display_width(diff.a.name)), columns / 3);
  const auto line = [&](const std::string& path, const std::string& a, const std::string& b) {
    const std::string begin = fitted(printable(path), paths) + "  " + fitted(printable(a), values) + "  ";
    context.out << begin << cut(printable(b), columns - display_width(begin)) << '\n';
  };
  line("", diff.a.name, diff.b.name);
  for (const app::ConfigurationDifference& one : diff.differences) line(one.path, one.a, one.b);
}

void print_json(const app::ConfigurationDiff& diff, std::ostream& out) {
  nlohmann::json differences = nlohmann::json::array();
  for (const app::ConfigurationDifference& one : diff.differences)
    differences.push_back({{"path", one.path}, {"a", one.a}, {"b", one.b}});
  const nlohmann::json all{{"a", diff.a.name}, {"b", diff.b.name}, {"differences", std::move(differences)}};
  out << all.dump(2) << '\n';
}

ExitCode diff(const DiffOptions& options, Context& context) {
  const app::ConfigurationDiff found = app::diff_configurations(options.a, options.b, context.places);
  if (context.json) {
    print_json(found, context.out);
  } else {
    print(found, context);
  }
  return ExitCode::done;
}

}  // namespace

Command diff_command() {
  return make_command({.name = "diff",
                       .synopsis = "A B",
                       .summary = "where the configurations of two trials, rows or studies differ",
                       .examples = {"spanlab diff 3fa9c1 81be07", "spanlab diff negatives:20 negatives:60"}},
                      declare, diff);
}

}  // namespace spanlab::host::cli
