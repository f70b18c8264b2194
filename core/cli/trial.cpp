// SPDX-License-Identifier: MIT
// What the program starts itself: trial, for each trial of a run, and check, once before the first.
#include "app/trial.hpp"

#include "cli/commands.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host::cli {

namespace {

void declare_trial(Arguments& arguments, app::TrialOptions& options) {
  arguments.argument("hash", options.hash, "unique prefix of a trial's hash");
  arguments.option("attempt", "N", options.attempt, "the attempt, whose folder exists");
  arguments.option("lock", "FD", options.lock, "a descriptor that holds the trial's lock already");
  arguments.option("calls", "FD", options.calls, "a page to keep on which component is at work");
  arguments.option("threads", "N", options.threads, "threads to compute with");
  arguments.option("device", "NAME", options.device, "cpu or cuda");
  arguments.option("program", "HASH", options.program, "what program and core library must hash to");
  arguments.option("memory", "BYTES", options.memory, "limit of the address space; 0: none");
}

ExitCode trial(const app::TrialOptions& options, Context& context) {
  return app::train_attempt(options, context.places);
}

struct CheckOptions {
  std::optional<int> plan;
  std::optional<int> calls;
};

void declare_check(Arguments& arguments, CheckOptions& options) {
  arguments.option("plan", "FD", options.plan, "a descriptor to read the plan from and to answer to");
  arguments.option("calls", "FD", options.calls, "a page to keep on which component is at work");
}

ExitCode check(const CheckOptions& options, Context& context) {
  if (!options.plan) throw Error(ErrorKind::usage, "--plan", "expected the number of a descriptor");
  app::check_described_plan(*options.plan, options.calls, context.places);
  return ExitCode::done;
}

}  // namespace

Command trial_command() {
  return make_command({.name = "trial",
                       .synopsis = "HASH --attempt N [--threads N]",
                       .summary = "train one attempt in this process: what 'run' starts for every trial",
                       .examples = {"spanlab trial 1a2b3c4d --attempt 1 --threads 2",
                                    "spanlab trial 1a2b3c4d --attempt 1 --memory 6000000000"},
                       .listing = Listing::hidden},
                      declare_trial, trial);
}

Command check_command() {
  return make_command(
      {.name = "check",
       .synopsis = "--plan FD",
       .summary = "check what trials begin with: what 'run' starts once before the first trial",
       .examples = {"spanlab check --plan 3 3<> plan.jsonl",
                    "spanlab check --plan 3 --plugin-path mine.so 3<> plan.jsonl"},
       .listing = Listing::hidden},
      declare_check, check);
}

}  // namespace spanlab::host::cli
