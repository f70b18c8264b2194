// SPDX-License-Identifier: MIT
#include "app/ls.hpp"

#include <algorithm>
#include <ostream>

#include "cli/commands.hpp"
#include "run/run_view.hpp"
#include "text/terminal_text.hpp"

namespace spanlab::host::cli {

namespace {

constexpr std::size_t kWidest = 24;  // of a column of values

std::string short_number(const std::string& text) {
  char* end = nullptr;
  double number = std::strtod(text.c_str(), &end);
  bool fraction = !text.empty() && *end == '\0' && text.find('.') != std::string::npos;
  return fraction ? fmt::format("{:.5g}", number) : text;
}

void print_table(const std::vector<std::vector<std::string>>& rows, int columns, std::ostream& out) {
  std::vector<std::size_t> widths(rows[0].size());
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::min(kWidest, std::max(widths[i], display_width(row[i])));
    }
  }
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) line += (i > 0 ? "  " : "") + fitted(row[i], widths[i]);
    line.erase(line.find_last_not_of(' ') + 1);
    out << cut(line, static_cast<std::size_t>(std::max(columns, 80))) << '\n';
  }
}

// With the paths of the query as columns; without any, what tells trials apart at a glance.
void print(const app::FoundTrials& found, const Context& context) {
  const std::vector<std::string> usual{"data.name", "encoder", "entity.f1"};
  const std::vector<std::string>& paths = found.asked.empty() ? usual : found.asked;
  std::vector<std::vector<std::string>> rows{{"TRIAL", "STATE", "SEED", "STARTED", "TIME"}};
  rows[0].insert(rows[0].end(), paths.begin(), paths.end());
  for (const IndexedTrial& trial : found.trials) {
    std::string started = trial.started.substr(0, 16);
    std::ranges::replace(started, 'T', ' ');
    rows.push_back({trial.hash.substr(0, 8), std::string(to_text(trial.state)), std::to_string(trial.seed),
                    started, trial.started.empty() ? "" : duration_text(trial.seconds)});
    for (const std::string& path : paths) {
      rows.back().push_back(printable(short_number(found.index->value(trial.hash, path).value_or("–"))));
    }
  }
  print_table(rows, context.columns, context.out);
}

struct LsOptions {
  std::optional<std::string> where;
};

void declare(Arguments& arguments, LsOptions& options) {
  arguments.option("where", "QUERY", options.where,
                   "path op value and …: a path of a configuration value or a final score, 'seed' or "
                   "'state'; op is = != < <= > >=");
}

ExitCode ls(const LsOptions& options, Context& context) {
  const app::FoundTrials found = app::find_trials(options.where, context.places, context.notes());
  if (!found.index) context.err << "there is no run store at " << found.store.root().string() << '\n';
  if (context.json) {
    context.out << app::whole_trials(found, context.notes()) << '\n';
  } else if (found.index) {
    print(found, context);
  }
  return ExitCode::done;
}

}  // namespace

Command ls_command() {
  return make_command({.name = "ls",
                       .synopsis = "[--where QUERY]",
                       .summary = "the trials of the run store, all or those that a query finds",
                       .examples = {"spanlab ls --where 'state = failed' --json",
                                    "spanlab ls --where 'train.epochs >= 5 and relation.strict.f1 > 50'"}},
                      declare, ls);
}

}  // namespace spanlab::host::cli
