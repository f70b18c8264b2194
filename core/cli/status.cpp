// SPDX-License-Identifier: MIT
#include <ostream>

#include "cli/commands.hpp"
#include "cli/printed_command.hpp"
#include "cli/studies.hpp"
#include "run/run_view.hpp"
#include "text/terminal_text.hpp"
#include "store/attempt.hpp"

namespace spanlab::cli {

namespace po = boost::program_options;

namespace {

struct TrialLine {
  const PlannedTrial* trial;
  std::string label;
  TrialStanding standing;
};

std::map<TrialState, std::int64_t> counts(const std::vector<TrialLine>& lines) {
  std::map<TrialState, std::int64_t> numbers;
  for (const TrialLine& line : lines) ++numbers[line.standing.state];
  return numbers;
}

std::string step_text(const TrialStanding& standing) {
  if (!standing.attempt || standing.attempt->status.steps == 0) return "";
  return fmt::format("{}/{}", standing.attempt->status.step, standing.attempt->status.steps);
}

class Status : public Command {
 public:
  std::string name() const override { return "status"; }
  std::string synopsis() const override { return "STUDY"; }
  std::string summary() const override { return "where the trials of a study stand"; }
  std::vector<std::string> examples() const override { return {"spanlab status negatives", "spanlab status experiments/negatives.lua --json"}; }
  void declare(po::options_description& options, po::positional_options_description& positional) const override {
    options.add_options()("study", po::value<std::string>());
    positional.add("study", 1);
  }
  ExitCode run(const po::variables_map& options, Context& context) const override {
    Plan plan = stored_plan(argument(options, "study"), context);
    RunStore store(context.runs);
    std::vector<TrialLine> lines;
    for (const PlannedTrial& trial : plan.trials) {
      lines.push_back({&trial, plan.rows.at(static_cast<std::size_t>(trial.row)).label, standing(store, trial.hash)});
    }
    if (context.json) {
      print_json(lines, plan, context);
    } else {
      print(lines, plan, context);
    }
    return ExitCode::done;
  }

 private:
  static void print_json(const std::vector<TrialLine>& lines, const Plan& plan, const Context& context) {
    nlohmann::json trials = nlohmann::json::array();
    for (const TrialLine& line : lines) {
      nlohmann::json node{{"trial", line.trial->hash}, {"row", line.label}, {"seed", line.trial->seed}, {"state", to_text(line.standing.state)}};
      if (line.standing.attempt) {
        nlohmann::json status = to_json(line.standing.attempt->status);
        status.erase("state");
        node["attempt"] = line.standing.attempt->number;
        node.update(status);
      }
      trials.push_back(std::move(node));
    }
    context.out << nlohmann::json{{"study", plan.study}, {"plan", plan.hash()}, {"trials", trials}}.dump(2) << '\n';
  }

  static void print(const std::vector<TrialLine>& lines, const Plan& plan, const Context& context) {
    std::map<TrialState, std::int64_t> numbers = counts(lines);
    std::vector<std::string> parts;
    for (const auto& [state, number] : numbers) parts.push_back(fmt::format("{} {}", number, to_text(state)));
    context.out << fmt::format("{}: {} trials: {}\n", plan.study, lines.size(), fmt::join(parts, ", "));
    context.out << fmt::format("{:8}  {:11}  {:>4}  {:>13}  {:>7}  {}\n", "TRIAL", "STATE", "SEED", "STEP", "TIME", "ROW");
    for (const TrialLine& line : lines) {
      const std::optional<Attempt>& attempt = line.standing.attempt;
      std::string begin = fmt::format("{:8}  {:11}  {:>4}  {:>13}  {:>7}  ", line.trial->hash.substr(0, 8), to_text(line.standing.state), line.trial->seed,
                                      step_text(line.standing), attempt ? duration_text(attempt->status.seconds) : "");
      std::size_t room = static_cast<std::size_t>(std::max(context.columns, 80)) - begin.size();
      context.out << begin << cut(line.label, room) << '\n';
      if (line.standing.state == TrialState::failed) context.out << "          " << attempt->status.error << '\n';
    }
    if (context.quiet) return;
    bool open = numbers.contains(TrialState::waiting) || numbers.contains(TrialState::interrupted);
    if (numbers.contains(TrialState::running)) return;
    if (numbers.contains(TrialState::failed)) print_next(context, {"rerun", plan.study, "--failed"});
    else print_next(context, {open ? "resume" : "report", plan.study});
  }
};

}  // namespace

std::unique_ptr<Command> status_command() { return std::make_unique<Status>(); }

}  // namespace spanlab::cli
