// SPDX-License-Identifier: MIT
#include "run/check_process.hpp"

#include <chrono>
#include <csignal>
#include <sstream>

#include "files/files.hpp"
#include "sdk/json_value.hpp"
#include "run/exit_code.hpp"
#include "run/log_tail.hpp"
#include "run/shared_page.hpp"
#include "run/signals.hpp"
#include "run/trial_command.hpp"
#include "run/watched_child.hpp"
#include "spanlab/warning.hpp"

namespace spanlab::host {

using nlohmann::json;

namespace {

// What the process has written behind the plan; null where that is not whole.
json answer_on(const SharedPage& page) {
  std::vector<Problem> ignored;
  return parse_json(read_file(page.path()).substr(page.size()), page.path(), 1, ignored);
}

// `line` is {"kind", "problems": [[place, message], …]}.
std::optional<Error> answered_error(const json& line) {
  std::vector<Problem> problems;
  for (const json& problem : line.at("problems")) problems.push_back({problem.at(0), problem.at(1)});
  if (problems.empty()) return std::nullopt;
  return Error(static_cast<ErrorKind>(line.at("kind").get<int>()), std::move(problems));
}

// The process ended before its answer was there.
Error unanswered(const ChildEnd& end, const std::vector<std::string>& tail) {
  const bool outside = end.signal == SIGKILL && end.stuck.count() == 0;
  const ErrorKind kind = end.calls.empty() ? error_kind(end.exit_code)
                         : outside         ? ErrorKind::environment
                                           : ErrorKind::plugin;
  const std::string said = tail.empty() ? "" : fmt::format("\n   | {}", fmt::join(tail, "\n   | "));
  return Error(
      kind, "",
      fmt::format("the process that checks a study before its first trial {}{}", end_text(end), said));
}

// Of the models that the process built; all else that it says belongs to an error.
void tell_warnings(const SharedPage& log) {
  constexpr std::string_view kWarning = "warning: ";
  std::istringstream lines(read_file(log.path()));
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(kWarning)) warn_once(line.substr(kWarning.size()));
  }
}

ChildSetup child_setup(const LaunchSetup& setup, const SharedPage& page, const SharedPage& log) {
  std::vector<std::string> arguments{"check", "--plan", std::to_string(page.descriptor())};
  add_search_paths(arguments, setup);
  return {.program = setup.program,
          .arguments = std::move(arguments),
          .log = log.path(),
          .cores = {},
          .inherited = {page.descriptor()},
          .environment = {}};
}

}  // namespace

CheckResult check_apart(const Plan& plan, const LaunchSetup& setup, const std::function<void()>& waiting) {
  constexpr int kTickMilliseconds = 250;
  constexpr std::chrono::seconds kMoment(2);
  if (plan.trials.empty()) return {};
  const SharedPage page(plan_lines(plan)), log("");
  Signals signals;
  WatchedChild child(child_setup(setup, page, log), setup.stuck);
  const auto begun = std::chrono::steady_clock::now();
  std::optional<ChildEnd> end;
  for (bool told = false; !(end = child.ended());) {
    if (signals.interrupts() > 0) return {std::nullopt, true};
    if (!told && std::chrono::steady_clock::now() - begun > kMoment) {
      waiting();
      told = true;
    }
    child.watch(0);
    signals.wait(kTickMilliseconds);
  }
  tell_warnings(log);
  const json line = answer_on(page);
  if (line.is_object()) return {answered_error(line), false};
  return {unanswered(*end, log_tail(log.path(), kTailLines, 0)), false};
}

void answer_check(int descriptor, const CheckedPlan& check) {
  const Plan plan = read_plan(SharedPage::path_of(descriptor));
  const std::optional<Error> error = check(plan);
  json problems = json::array();
  if (error) {
    for (const Problem& problem : error->problems()) problems.push_back({problem.place, problem.message});
  }
  SharedPage::append(
      descriptor, {{"kind", error ? static_cast<int>(error->kind()) : 0}, {"problems", std::move(problems)}});
}

}  // namespace spanlab::host
