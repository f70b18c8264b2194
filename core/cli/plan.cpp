// SPDX-License-Identifier: MIT
#include <map>
#include <ostream>
#include <set>

#include "cli/commands.hpp"
#include "cli/plan_cost.hpp"
#include "cli/studies.hpp"
#include "cli/text.hpp"
#include "run/checks.hpp"
#include "spanlab/error.hpp"
#include "store/attempt.hpp"
#include "store/labels.hpp"
#include "text/shell_text.hpp"

namespace spanlab::cli {

namespace po = boost::program_options;
using nlohmann::json;

namespace {

bool is_finished(const std::string& hash, const RunStore& store, std::ostream& err) {
  try {
    return store.newest_finished(hash).has_value();
  } catch (const Error& error) {
    err << "counted as to run, for it cannot be read: " << error.what() << '\n';
    return false;
  }
}

// Which trials of a plan are finished. Rows may share a trial: it counts once.
struct Counts {
  std::set<std::string> trials, cached;
  std::vector<std::int64_t> to_run;  // per row

  Counts(const Plan& plan, const RunStore& store, std::ostream& err) : to_run(plan.rows.size()) {
    for (const PlannedTrial& trial : plan.trials) {
      if (trials.insert(trial.hash).second && is_finished(trial.hash, store, err)) cached.insert(trial.hash);
      if (!cached.contains(trial.hash)) ++to_run[static_cast<std::size_t>(trial.row)];
    }
  }
};

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

void print_rows(const Plan& plan, const Counts& counts, std::ostream& out, int columns) {
  out << " row  to run\n";
  for (std::size_t i = 0; i < plan.rows.size(); ++i) {
    const PlanRow& row = plan.rows[i];
    const std::string note = !row.ablation.empty() ? " (ablation)" : row.base ? " (base)" : "";
    print_hanging(
        out, fmt::format("{:>4}  {:>6}  ", i + 1, fmt::format("{}/{}", counts.to_run[i], plan.seeds.size())),
        row.label + note, columns);
  }
}

void print(const Plan& plan, const Counts& counts, const PlanCost& cost, const Context& context) {
  std::ostream& out = context.out;
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
  print_rows(plan, counts, out, columns);
  const std::size_t all = counts.trials.size(), cached = counts.cached.size();
  out << fmt::format("\n{} trial{}: {} to run, {} cached\n", all, all == 1 ? "" : "s", all - cached, cached);
  if (all > cached) out << cost.text();
}

std::string text_of(const Problem& problem) {
  return problem.place.empty() ? problem.message : problem.place + ": " + problem.message;
}

json plan_node(const Plan& plan, const Counts& counts, const PlanCost& cost,
               const std::vector<Problem>& absent) {
  json rows = json::array();
  for (std::size_t i = 0; i < plan.rows.size(); ++i) {
    const PlanRow& row = plan.rows[i];
    rows.push_back({{"label", row.label},
                    {"ablation", row.ablation},
                    {"base", row.base},
                    {"factors", row.factors},
                    {"to_run", counts.to_run[i]},
                    {"trials", json::array()}});
  }
  for (const PlannedTrial& trial : plan.trials) {
    rows[static_cast<std::size_t>(trial.row)]["trials"].push_back(
        {{"trial", trial.hash}, {"seed", trial.seed}, {"cached", counts.cached.contains(trial.hash)}});
  }
  json lacking = json::array();
  for (const Problem& problem : absent) lacking.push_back(text_of(problem));
  const std::size_t all = counts.trials.size(), cached = counts.cached.size();
  return {{"study", plan.study},
          {"question", plan.question},
          {"plan", plan.hash()},
          {"factors", plan.factors},
          {"seeds", plan.seeds},
          {"rows", std::move(rows)},
          {"trials", all},
          {"to_run", all - cached},
          {"cached", cached},
          {"disk", cost.bytes ? json(*cost.bytes) : json()},
          {"seconds", cost.seconds ? json(*cost.seconds) : json()},
          {"absent", std::move(lacking)}};
}

class PlanCommand : public Command {
 public:
  std::string name() const override { return "plan"; }
  std::string synopsis() const override { return "STUDY.lua"; }
  std::string summary() const override { return "check a study and print its trials without running any"; }
  std::vector<std::string> examples() const override {
    return {"spanlab plan experiments/negatives.lua",
            "spanlab plan experiments/negatives.lua --set train.epochs=1 --seeds 1..3"};
  }
  void declare(po::options_description& options,
               po::positional_options_description& positional) const override {
    declare_study_options(options);
    options.add_options()("study", po::value<std::string>());
    positional.add("study", 1);
  }
  ExitCode run(const po::variables_map& options, Context& context) const override {
    const Registry registry = load_registry(context);
    const CardIndex cards = load_cards(context, registry);
    const Plan plan = plan_of_script(options, context, registry, cards);
    check_encoders(plan, cards);
    const RunStore store(context.runs);
    const Counts counts(plan, store, context.err);
    const PlanCost cost = estimate_cost(plan, counts.cached, store, cards, registry);
    // Planning needs the cards alone, so that what is not here is only told.
    const std::vector<Problem> absent = absent_inputs(rows_to_run(plan, store, {}), cards);
    if (context.json) {
      context.out << plan_node(plan, counts, cost, absent).dump(2) << '\n';
    } else {
      print(plan, counts, cost, context);
    }
    for (const Problem& problem : absent) {
      context.err << "not on this machine: " << text_of(problem) << '\n';
    }
    if (!context.quiet && counts.cached.size() < counts.trials.size()) {
      std::vector<std::string> words{"spanlab", "run", path_word(plan.script)};
      words.insert(words.end(), plan.arguments.begin(), plan.arguments.end());
      context.err << "next: " << shell_line(words) << runs_words(context.runs) << '\n';
    }
    return ExitCode::done;
  }
};

}  // namespace

std::unique_ptr<Command> plan_command() { return std::make_unique<PlanCommand>(); }

}  // namespace spanlab::cli
