// SPDX-License-Identifier: MIT
#include "app/plan.hpp"

#include <ostream>
#include <set>

#include "cli/commands.hpp"
#include "cli/options.hpp"
#include "cli/text.hpp"
#include "store/labels.hpp"
#include "text/shell_text.hpp"

namespace spanlab::host::cli {

using nlohmann::json;

namespace {

// The different values of a factor, in the order of the rows.
std::vector<json> values_of(const Plan& plan, std::size_t factor) {
  std::vector<json> values;
  std::set<std::string> seen;
  for (const PlanRow& row : plan.rows) {
    if (!row.ablation.empty()) continue;
    const json& value = row.factors[factor][1];
    if (!value.is_null() && seen.insert(value.dump()).second) values.push_back(value);
  }
  return values;
}

void print_rows(const app::PlanPreview& preview, std::ostream& out, int columns) {
  const Plan& plan = preview.plan;
  out << " row  to run\n";
  for (std::size_t i = 0; i < plan.rows.size(); ++i) {
    const PlanRow& row = plan.rows[i];
    const std::string note = !row.ablation.empty() ? " (ablation)" : row.base ? " (base)" : "";
    print_hanging(
        out, fmt::format("{:>4}  {:>6}  ", i + 1, fmt::format("{}/{}", preview.to_run[i], plan.seeds.size())),
        row.label + note, columns);
  }
}

std::string bytes_text(std::int64_t bytes) {
  const double mebibytes = static_cast<double>(bytes) / (1 << 20);
  return mebibytes < 10240 ? fmt::format("{:.0f} MiB", mebibytes)
                           : fmt::format("{:.1f} GiB", mebibytes / 1024);
}

std::string seconds_text(double seconds) {
  if (seconds < 120) return fmt::format("{:.0f} s", seconds);
  return seconds < 7200 ? fmt::format("{:.0f} min", seconds / 60) : fmt::format("{:.1f} h", seconds / 3600);
}

// Lines for people.
std::string cost_text(const app::PlanCost& cost) {
  std::string text = "disk: " +
                     (cost.bytes ? "about " + bytes_text(*cost.bytes)
                                 : std::string("not known before a first trial has ended")) +
                     '\n';
  if (cost.seconds) {
    text += fmt::format("cost: about {} of computing, by {} stored trial{} of this kind\n",
                        seconds_text(*cost.seconds), cost.measured, cost.measured == 1 ? "" : "s");
  }
  return text;
}

void print(const app::PlanPreview& preview, const Context& context) {
  std::ostream& out = context.out;
  const Plan& plan = preview.plan;
  const int columns = std::max(context.columns, 40);
  out << "study " << plan.study << '\n';
  if (!plan.question.empty()) print_hanging(out, "  ", plan.question, columns);
  for (std::size_t i = 0; i < plan.factors.size(); ++i) {
    print_hanging(out, "varies ",
                  fmt::format("{}: {}", plan.factors[i], fmt::join(value_labels(values_of(plan, i)), ", ")),
                  columns);
  }
  print_hanging(out, "seeds ", fmt::format("{}", fmt::join(plan.seeds, ", ")), columns);
  out << '\n';
  print_rows(preview, out, columns);
  const std::size_t all = preview.trials.size(), cached = preview.cached.size();
  out << fmt::format("\n{} trial{}: {} to run, {} cached\n", all, all == 1 ? "" : "s", all - cached, cached);
  if (all > cached) out << cost_text(preview.cost);
}

std::string text_of(const Problem& problem) {
  return problem.place.empty() ? problem.message : problem.place + ": " + problem.message;
}

json row_nodes(const app::PlanPreview& preview) {
  json rows = json::array();
  for (std::size_t i = 0; i < preview.plan.rows.size(); ++i) {
    const PlanRow& row = preview.plan.rows[i];
    rows.push_back({{"label", row.label},
                    {"ablation", row.ablation},
                    {"base", row.base},
                    {"factors", row.factors},
                    {"to_run", preview.to_run[i]},
                    {"trials", json::array()}});
  }
  for (const PlannedTrial& trial : preview.plan.trials) {
    rows[static_cast<std::size_t>(trial.row)]["trials"].push_back(
        {{"trial", trial.hash}, {"seed", trial.seed}, {"cached", preview.cached.contains(trial.hash)}});
  }
  return rows;
}

template <typename T>
json value_or_null(const std::optional<T>& value) {
  return value ? json(*value) : json();
}

json plan_node(const app::PlanPreview& preview) {
  json lacking = json::array();
  for (const Problem& problem : preview.absent) lacking.push_back(text_of(problem));
  return {{"study", preview.plan.study},
          {"question", preview.plan.question},
          {"plan", preview.plan.hash()},
          {"factors", preview.plan.factors},
          {"seeds", preview.plan.seeds},
          {"rows", row_nodes(preview)},
          {"trials", preview.trials.size()},
          {"to_run", preview.number_to_run()},
          {"cached", preview.cached.size()},
          {"disk", value_or_null(preview.cost.bytes)},
          {"seconds", value_or_null(preview.cost.seconds)},
          {"absent", std::move(lacking)}};
}

// What runs this very plan: the script, and what was said beside it.
void print_run_command(const Plan& plan, const Context& context) {
  std::vector<std::string> words{"spanlab", "run", path_word(plan.script)};
  words.insert(words.end(), plan.arguments.begin(), plan.arguments.end());
  context.err << "next: " << shell_line(words) << runs_words(context.places.runs) << '\n';
}

ExitCode plan(const app::ScriptOptions& options, Context& context) {
  const app::PlanPreview preview = app::preview_plan(options, context.places, context.notes());
  if (context.json) {
    context.out << plan_node(preview).dump(2) << '\n';
  } else {
    print(preview, context);
  }
  for (const Problem& problem : preview.absent) {
    context.err << "not on this machine: " << text_of(problem) << '\n';
  }
  if (!context.quiet && preview.number_to_run() > 0) print_run_command(preview.plan, context);
  return ExitCode::done;
}

}  // namespace

Command plan_command() {
  return make_command(
      {.name = "plan",
       .synopsis = "STUDY.lua",
       .summary = "check a study and print its trials without running any",
       .examples = {"spanlab plan experiments/negatives.lua",
                    "spanlab plan experiments/negatives.lua --set train.epochs=1 --seeds 1..3"}},
      declare_script, plan);
}

}  // namespace spanlab::host::cli
