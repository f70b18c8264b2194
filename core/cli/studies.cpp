// SPDX-License-Identifier: MIT
#include "cli/studies.hpp"

#include <unistd.h>

#include <algorithm>
#include <iterator>
#include <ostream>
#include <set>

#include "cli/options.hpp"
#include "cli/printed_command.hpp"
#include "lua/script.hpp"
#include "report/report.hpp"
#include "run/check_process.hpp"
#include "run/checks.hpp"
#include "run/launcher.hpp"
#include "run/progress.hpp"
#include "run/provenance.hpp"
#include "sdk/utf8.hpp"
#include "spanlab/error.hpp"
#include "store/attempt.hpp"
#include "text/terminal_text.hpp"
#include "train/pretrained.hpp"

namespace spanlab::cli {

namespace po = boost::program_options;

namespace {

std::unique_ptr<RunObserver> observer(const Context& context) {
  if (context.quiet) return quiet_progress(context.err);
  bool terminal = isatty(STDERR_FILENO) != 0;
  return terminal ? live_progress(context.err, context.err_color) : plain_progress(context.err);
}

LaunchSetup launch_setup(const po::variables_map& options, const Context& context) {
  LaunchSetup setup;
  setup.program = context.program;
  setup.program_identity = program_identity();
  setup.plugin_path = context.plugin_path;
  setup.data_path = context.data_path;
  if (options.count("jobs")) setup.jobs = options["jobs"].as<int>();
  if (options.count("jobs") && (setup.jobs < 1 || setup.jobs > kMostJobs)) {
    throw Error(ErrorKind::usage, "--jobs",
                fmt::format("expected a number from 1 to {}, got {}", kMostJobs, setup.jobs));
  }
  if (options.count("memory")) setup.memory = parse_size(options["memory"].as<std::string>(), "--memory");
  constexpr std::int64_t kLeastMemory = 256 << 20;  // with less, LibTorch itself does not start
  if (options.count("memory") && setup.memory < kLeastMemory) {
    throw Error(ErrorKind::usage, "--memory",
                fmt::format("expected at least {} MiB for each trial, got {}", kLeastMemory >> 20,
                            options["memory"].as<std::string>()));
  }
  return setup;
}

nlohmann::json to_json(const RunResult& result, const Plan& plan, const std::filesystem::path& report) {
  nlohmann::json trials = nlohmann::json::array();
  for (const TrialView& trial : result.view.trials) {
    trials.push_back({{"trial", trial.trial->hash},
                      {"row", trial.label},
                      {"seed", trial.trial->seed},
                      {"state", to_text(trial.phase)},
                      {"error", trial.attempt.status.error}});
  }
  return {{"study", plan.study},
          {"plan", plan.hash()},
          {"trials", trials},
          {"report", valid_utf8(report.string())}};
}

// A trial whose scores are gone is run again, which a user should know.
void tell_torn(const Plan& plan, const RunStore& store, std::ostream& err) {
  std::set<std::string> seen;
  for (const PlannedTrial& trial : plan.trials) {
    if (!seen.insert(trial.hash).second) continue;
    try {
      const TrialStanding now = standing(store, trial.hash);
      const bool torn = now.state == TrialState::interrupted && now.attempt->status.error.starts_with("torn");
      if (torn) err << "trial " << trial.hash.substr(0, 8) << ": " << now.attempt->status.error << '\n';
    } catch (const Error&) {  // the run tells it
    }
  }
}

}  // namespace

Plan plan_of_script(const po::variables_map& options, const Context& context, const Registry& registry,
                    const CardIndex& cards) {
  Overrides overrides = study_options(options);
  Plan plan = resolve(load_study(argument(options, "study"), script_folders()), registry, cards, overrides);
  for (std::string& word : search_words(context)) plan.arguments.push_back(std::move(word));
  for (const Problem& warning : plan.warnings) {
    context.err << (warning.place.empty() ? "" : warning.place + ": ")
                << "warning: " << printable(warning.message) << '\n';
  }
  return plan;
}

void check_encoders(const Plan& plan, const CardIndex& cards) {
  std::set<std::string> seen;
  std::vector<Problem> problems;
  for (const PlannedTrial& trial : plan.trials) {
    const std::string model = model_name(trial);
    if (!trial.identity.contains("model") || trial.identity["model"].is_null() ||
        !seen.insert(model).second) {
      continue;
    }
    const ModelCard& card = cards.model(model);
    try {
      std::ranges::move(files_not_counted(card, cards.folder(card)), std::back_inserter(problems));
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::data) throw;  // else there is no folder yet
    }
  }
  if (!problems.empty()) throw Error(ErrorKind::data, std::move(problems));
}

Plan stored_plan(const std::string& study, const Context& context) {
  RunStore store(context.runs);
  if (!study.ends_with(".lua")) return store.current_plan(study);
  return store.current_plan(load_study(study, script_folders()).name);
}

void declare_launch_options(po::options_description& options) {
  auto add = options.add_options();
  add("jobs", po::value<int>()->value_name("N"),
      "trials at a time (default: cores or trials, whichever is fewer; the cores are shared out)");
  add("memory", po::value<std::string>()->value_name("SIZE"),
      "limit of each trial's address space, as 6G; a trial beyond it fails");
}

ExitCode run_plan(const Plan& plan, const Selection& selection, const po::variables_map& options,
                  const Context& context) {
  RunStore store(context.runs);
  LaunchSetup setup = launch_setup(options, context);
  setup.again = selection.again;
  Plan chosen = plan;
  if (selection.only)
    std::erase_if(chosen.trials,
                  [&](const PlannedTrial& trial) { return !selection.again.contains(trial.hash); });
  const CheckResult checked = check_apart(rows_to_run(chosen, store, setup.again), setup, [&] {
    if (!context.quiet)
      context.err << plan.study << ": checking data and models before the first trial" << std::endl;
  });
  if (checked.interrupted) {
    context.err << "interrupted before the first trial\n";
    return ExitCode::interrupted;
  }
  if (checked.error) throw *checked.error;
  check_writable(store.root());
  store.save_plan(plan);
  tell_torn(chosen, store, context.err);
  RunResult result = run_trials(chosen, store, setup, *observer(context));
  if (result.interrupted) {
    context.err << "interrupted; nothing that is finished is lost\n";
    print_next(context, {"resume", plan.study});
    return ExitCode::interrupted;
  }
  if (result.error) throw *result.error;

  std::filesystem::path report = store.study_folder(plan.study) / "report";
  std::string trouble = write_report(plan, store, report);
  if (context.json) {
    context.out << to_json(result, plan, report).dump(2) << '\n';
  } else {
    context.out << terminal_table(plan, store, context.columns);
  }
  if (!trouble.empty()) context.err << "no charts as SVG: " << trouble << '\n';
  if (!context.quiet) context.err << "report: " << (report / "report.html").string() << '\n';
  const std::int64_t failed = result.view.count(Phase::failed) + result.view.count(Phase::failed_before);
  const std::int64_t open = result.view.count(Phase::interrupted);
  if (open > 0) {
    context.err << fmt::format("{} trial{} interrupted again and again, and not finished\n", open,
                               open == 1 ? " was" : "s were");
  }
  if (open > 0)
    print_next(context, {"resume", plan.study});
  else if (failed > 0)
    print_next(context, {"rerun", plan.study, "--failed"});
  else
    print_next(context, {"report", plan.study, "--out", "DIR"});
  return failed + open > 0 ? ExitCode::trials_failed : ExitCode::done;
}

}  // namespace spanlab::cli
