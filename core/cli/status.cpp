// SPDX-License-Identifier: MIT
#include <ostream>

#include "cli/commands.hpp"
#include "cli/printed_command.hpp"
#include "cli/studies.hpp"
#include "run/run_view.hpp"
#include "spanlab/error.hpp"
#include "text/terminal_text.hpp"
#include "store/attempt.hpp"

namespace spanlab::cli {

namespace po = boost::program_options;

namespace {

struct TrialLine {
  const PlannedTrial* trial;
  std::string label;
  TrialStanding standing;
  std::string trouble;  // why it cannot be read, where that is so

  std::string_view state() const { return trouble.empty() ? to_text(standing.state) : "unreadable"; }
  std::string error() const {
    return !trouble.empty() || !standing.attempt ? trouble : standing.attempt->status.error;
  }
};

TrialLine line_of(const PlannedTrial& trial, const Plan& plan, const RunStore& store) {
  TrialLine line{&trial, plan.rows.at(static_cast<std::size_t>(trial.row)).label, {}, ""};
  try {
    line.standing = standing(store, trial.hash);
  } catch (const Error& error) {  // the others are told all the same
    line.trouble = error.what();
  }
  return line;
}

// By state; `unreadable` last.
std::vector<std::pair<std::string_view, std::int64_t>> counts(const std::vector<TrialLine>& lines) {
  using Number = std::pair<std::string_view, std::int64_t>;
  std::vector<Number> numbers;
  for (int state = 0; state <= static_cast<int>(TrialState::interrupted); ++state) {
    numbers.emplace_back(to_text(static_cast<TrialState>(state)), 0);
  }
  numbers.emplace_back("unreadable", 0);
  for (const TrialLine& line : lines) ++std::ranges::find(numbers, line.state(), &Number::first)->second;
  return numbers;
}

bool any(const std::vector<TrialLine>& lines, TrialState state) {
  return std::ranges::any_of(lines, [&](const TrialLine& line) { return line.state() == to_text(state); });
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
  std::vector<std::string> examples() const override {
    return {"spanlab status negatives", "spanlab status experiments/negatives.lua --json"};
  }
  void declare(po::options_description& options,
               po::positional_options_description& positional) const override {
    options.add_options()("study", po::value<std::string>());
    positional.add("study", 1);
  }
  ExitCode run(const po::variables_map& options, Context& context) const override {
    Plan plan = stored_plan(argument(options, "study"), context);
    RunStore store(context.runs);
    std::vector<TrialLine> lines;
    for (const PlannedTrial& trial : plan.trials) {
      lines.push_back(line_of(trial, plan, store));
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
      nlohmann::json node{{"trial", line.trial->hash},
                          {"row", line.label},
                          {"seed", line.trial->seed},
                          {"state", line.state()}};
      if (!line.trouble.empty()) node["error"] = line.trouble;
      if (line.standing.attempt) {
        nlohmann::json status = to_json(line.standing.attempt->status);
        status.erase("state");
        node["attempt"] = line.standing.attempt->number;
        node.update(status);
      }
      trials.push_back(std::move(node));
    }
    context.out << nlohmann::json{{"study", plan.study}, {"plan", plan.hash()}, {"trials", trials}}.dump(2)
                << '\n';
  }

  static void print(const std::vector<TrialLine>& lines, const Plan& plan, const Context& context) {
    std::vector<std::string> parts;
    for (const auto& [state, number] : counts(lines)) {
      if (number > 0) parts.push_back(fmt::format("{} {}", number, state));
    }
    context.out << fmt::format("{}: {} trials: {}\n", plan.study, lines.size(), fmt::join(parts, ", "));
    context.out << fmt::format("{:8}  {:11}  {:>4}  {:>13}  {:>7}  {}\n", "TRIAL", "STATE", "SEED", "STEP",
                               "TIME", "ROW");
    for (const TrialLine& line : lines) {
      const std::optional<Attempt>& attempt = line.standing.attempt;
      std::string begin = fmt::format("{:8}  {:11}  {:>4}  {:>13}  {:>7}  ", line.trial->hash.substr(0, 8),
                                      line.state(), line.trial->seed, step_text(line.standing),
                                      attempt ? duration_text(attempt->status.seconds) : "");
      std::size_t room = static_cast<std::size_t>(std::max(context.columns, 80)) - begin.size();
      context.out << begin << cut(line.label, room) << '\n';
      if (!line.error().empty()) context.out << "          " << printable(line.error()) << '\n';
    }
    if (context.quiet) return;
    const bool open = any(lines, TrialState::waiting) || any(lines, TrialState::interrupted);
    if (any(lines, TrialState::running)) return;
    if (any(lines, TrialState::failed))
      print_next(context, {"rerun", plan.study, "--failed"});
    else
      print_next(context, {open ? "resume" : "report", plan.study});
  }
};

}  // namespace

std::unique_ptr<Command> status_command() { return std::make_unique<Status>(); }

}  // namespace spanlab::cli
