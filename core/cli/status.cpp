// SPDX-License-Identifier: MIT
#include "app/status.hpp"

#include <algorithm>
#include <ostream>

#include "cli/commands.hpp"
#include "cli/printed_command.hpp"
#include "run/run_view.hpp"
#include "text/terminal_text.hpp"

namespace spanlab::host::cli {

namespace {

// By state; `unreadable` last.
std::vector<std::pair<std::string_view, std::int64_t>> counts(const std::vector<app::StudyTrial>& trials) {
  using Number = std::pair<std::string_view, std::int64_t>;
  std::vector<Number> numbers;
  for (int state = 0; state <= static_cast<int>(TrialState::interrupted); ++state) {
    numbers.emplace_back(to_text(static_cast<TrialState>(state)), 0);
  }
  numbers.emplace_back("unreadable", 0);
  for (const app::StudyTrial& trial : trials) {
    ++std::ranges::find(numbers, trial.state(), &Number::first)->second;
  }
  return numbers;
}

std::string step_text(const TrialStanding& standing) {
  if (!standing.attempt || standing.attempt->status.steps == 0) return "";
  return fmt::format("{}/{}", standing.attempt->status.step, standing.attempt->status.steps);
}

// What failed, or why nothing can be read.
std::string trouble_of(const app::StudyTrial& trial) {
  if (!trial.unreadable.empty()) return trial.unreadable;
  return trial.standing.attempt ? trial.standing.attempt->status.error : "";
}

nlohmann::json to_json(const app::StudyTrial& trial) {
  nlohmann::json node{
      {"trial", trial.hash}, {"row", trial.row}, {"seed", trial.seed}, {"state", trial.state()}};
  if (!trial.unreadable.empty()) node["error"] = trial.unreadable;
  if (trial.standing.attempt) {
    nlohmann::json status = host::to_json(trial.standing.attempt->status);
    status.erase("state");
    node["attempt"] = trial.standing.attempt->number;
    node.update(status);
  }
  return node;
}

void print_json(const app::StudyStatus& status, std::ostream& out) {
  nlohmann::json trials = nlohmann::json::array();
  for (const app::StudyTrial& trial : status.trials) trials.push_back(to_json(trial));
  const nlohmann::json all{{"study", status.plan.study},
                           {"plan", status.plan.hash()},
                           {"other_plans", status.other_plans},
                           {"trials", trials}};
  out << all.dump(2) << '\n';
}

void print_trial(const app::StudyTrial& trial, const Context& context) {
  const std::optional<Attempt>& attempt = trial.standing.attempt;
  const std::string begin =
      fmt::format("{:8}  {:11}  {:>4}  {:>13}  {:>7}  ", trial.hash.substr(0, 8), trial.state(), trial.seed,
                  step_text(trial.standing), attempt ? duration_text(attempt->status.seconds) : "");
  const std::size_t room = static_cast<std::size_t>(std::max(context.columns, 80)) - begin.size();
  context.out << begin << cut(trial.row, room) << '\n';
  const std::string trouble = trouble_of(trial);
  if (!trouble.empty()) context.out << "          " << printable(trouble) << '\n';
}

void print(const app::StudyStatus& status, const Context& context) {
  std::vector<std::string> parts;
  for (const auto& [state, number] : counts(status.trials)) {
    if (number > 0) parts.push_back(fmt::format("{} {}", number, state));
  }
  context.out << fmt::format("{}: {} trials: {}\n", status.plan.study, status.trials.size(),
                             fmt::join(parts, ", "));
  context.out << fmt::format("{:8}  {:11}  {:>4}  {:>13}  {:>7}  {}\n", "TRIAL", "STATE", "SEED", "STEP",
                             "TIME", "ROW");
  for (const app::StudyTrial& trial : status.trials) print_trial(trial, context);
  if (!status.other_plans.empty())
    context.out << fmt::format("other plans of this study: {}\n", fmt::join(status.other_plans, ", "));
}

void print_what_next(const app::StudyStatus& status, const Context& context) {
  if (status.any(TrialState::running)) return;
  const bool open = status.any(TrialState::waiting) || status.any(TrialState::interrupted);
  if (status.any(TrialState::failed)) {
    print_next(context, {"rerun", status.plan.study, "--failed"});
  } else {
    print_next(context, {open ? "resume" : "report", status.plan.study});
  }
}

struct StatusOptions {
  std::string study;
};

void declare(Arguments& arguments, StatusOptions& options) {
  arguments.argument("study", options.study, "a study's name or its script");
  arguments.argument_takes(Takes::study);
}

ExitCode status(const StatusOptions& options, Context& context) {
  const app::StudyStatus status = app::study_status(options.study, context.places);
  if (context.json) {
    print_json(status, context.out);
  } else {
    print(status, context);
    print_what_next(status, context);
  }
  return ExitCode::done;
}

}  // namespace

Command status_command() {
  return make_command(
      {.name = "status",
       .synopsis = "STUDY",
       .summary = "where the trials of a study stand",
       .examples = {"spanlab status negatives", "spanlab status experiments/negatives.lua --json"}},
      declare, status);
}

}  // namespace spanlab::host::cli
