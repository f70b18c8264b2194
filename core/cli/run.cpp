// SPDX-License-Identifier: MIT
#include "app/run.hpp"

#include <unistd.h>

#include <ostream>

#include "cli/commands.hpp"
#include "cli/options.hpp"
#include "cli/printed_command.hpp"
#include "report/report.hpp"
#include "run/progress.hpp"
#include "sdk/utf8.hpp"
#include "store/run_store.hpp"

namespace spanlab::host::cli {

namespace {

std::unique_ptr<RunObserver> observer(const Context& context) {
  if (context.quiet) return quiet_progress(context.err);
  const bool terminal = isatty(STDERR_FILENO) != 0;
  return terminal ? live_progress(context.err, context.err_color) : plain_progress(context.err);
}

app::RunWatch watch(const Context& context) {
  return {[&context] { return observer(context); }, context.notes(), context.progress()};
}

nlohmann::json to_json(const app::PlanRun& run) {
  nlohmann::json trials = nlohmann::json::array();
  for (const app::RanTrial& trial : run.trials) {
    trials.push_back({{"trial", trial.hash},
                      {"row", trial.row},
                      {"seed", trial.seed},
                      {"state", to_text(trial.phase)},
                      {"error", trial.error}});
  }
  return {{"study", run.plan.study},
          {"plan", run.plan.hash()},
          {"trials", trials},
          {"report", valid_utf8(run.report.string())}};
}

void print_result(const app::PlanRun& run, const Context& context) {
  if (context.json) {
    context.out << to_json(run).dump(2) << '\n';
  } else {
    context.out << terminal_table(run.plan, RunStore(context.places.runs), context.columns);
  }
  if (!run.without_charts.empty()) context.err << "no charts as SVG: " << run.without_charts << '\n';
  if (!context.quiet) context.err << "report: " << (run.report / "report.html").string() << '\n';
}

ExitCode print_complete(const app::PlanRun& run, const Context& context) {
  print_result(run, context);
  const std::int64_t failed = run.count(Phase::failed) + run.count(Phase::failed_before);
  const std::int64_t open = run.count(Phase::interrupted);
  if (open > 0) {
    context.err << fmt::format("{} trial{} interrupted again and again, and not finished\n", open,
                               open == 1 ? " was" : "s were");
    print_next(context, {"resume", run.plan.study});
  } else if (failed > 0) {
    print_next(context, {"rerun", run.plan.study, "--failed"});
  } else {
    print_next(context, {"report", run.plan.study, "--out", "DIR"});
  }
  return failed + open > 0 ? ExitCode::trials_failed : ExitCode::done;
}

ExitCode print_run(const app::PlanRun& run, const Context& context) {
  switch (run.end) {
    case app::RunEnd::nothing_chosen:
      context.err << "no trial of '" << run.plan.study << "' was chosen; nothing was run\n";
      return ExitCode::done;
    case app::RunEnd::interrupted_before:
      context.err << "interrupted before the first trial\n";
      return ExitCode::interrupted;
    case app::RunEnd::interrupted:
      context.err << "interrupted; nothing that is finished is lost\n";
      print_next(context, {"resume", run.plan.study});
      return ExitCode::interrupted;
    case app::RunEnd::complete:
      break;
  }
  return print_complete(run, context);
}

void declare_run(Arguments& arguments, app::RunOptions& options) {
  declare_script(arguments, options.script);
  declare_launch(arguments, options.launch);
}

ExitCode run(const app::RunOptions& options, Context& context) {
  return print_run(app::run_study(options, context.places, watch(context)), context);
}

void declare_resume(Arguments& arguments, app::ResumeOptions& options) {
  arguments.argument("study", options.study, "a study's name or its script");
  arguments.argument_takes(Takes::study);
  declare_launch(arguments, options.launch);
}

ExitCode resume(const app::ResumeOptions& options, Context& context) {
  return print_run(app::resume_study(options, context.places, watch(context)), context);
}

void declare_rerun(Arguments& arguments, app::RerunOptions& options) {
  arguments.argument("study", options.study, "a study's name or its script");
  arguments.argument_takes(Takes::study);
  arguments.flag("failed", options.failed, "the trials that failed");
  arguments.option("where", "QUERY", options.where,
                   "the trials with these values and scores, as 'train.epochs = 3 and entity.f1 < 50'");
  declare_launch(arguments, options.launch);
}

ExitCode rerun(const app::RerunOptions& options, Context& context) {
  return print_run(app::rerun_study(options, context.places, watch(context)), context);
}

}  // namespace

Command run_command() {
  return make_command(
      {.name = "run",
       .synopsis = "STUDY.lua [--jobs N] [--set PATH=VALUE] [--seeds LIST]",
       .summary = "check a study, train what is missing, print its table, write its report",
       .examples = {"spanlab run experiments/quickstart.lua",
                    "spanlab run experiments/negatives.lua --seeds 1..5 --set train.epochs=9"}},
      declare_run, run);
}

Command resume_command() {
  return make_command(
      {.name = "resume",
       .synopsis = "STUDY [--jobs N]",
       .summary = "go on with a study's plan after a crash or an interruption, without its script",
       .examples = {"spanlab resume negatives", "spanlab resume negatives --runs /big/runs --jobs 2"}},
      declare_resume, resume);
}

Command rerun_command() {
  return make_command(
      {.name = "rerun",
       .synopsis = "STUDY [--failed] [--where QUERY]",
       .summary = "a new attempt at failed or chosen trials of a study; the old attempts are kept",
       .examples = {"spanlab rerun negatives --failed",
                    "spanlab rerun negatives --where 'entity.sampler.negatives = 60 and seed = 2'"}},
      declare_rerun, rerun);
}

}  // namespace spanlab::host::cli
