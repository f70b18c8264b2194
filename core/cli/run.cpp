// SPDX-License-Identifier: MIT
#include "cli/commands.hpp"
#include "cli/studies.hpp"
#include "spanlab/error.hpp"
#include "store/attempt.hpp"
#include "store/index.hpp"

namespace spanlab::cli {

namespace po = boost::program_options;

namespace {

class Run : public Command {
 public:
  std::string name() const override { return "run"; }
  std::string synopsis() const override { return "STUDY.lua [--jobs N] [--set PATH=VALUE] [--seeds LIST]"; }
  std::string summary() const override {
    return "check a study, train what is missing, print its table, write its report";
  }
  std::vector<std::string> examples() const override {
    return {"spanlab run experiments/quickstart.lua",
            "spanlab run experiments/negatives.lua --seeds 1..5 --set train.epochs=9"};
  }
  void declare(po::options_description& options,
               po::positional_options_description& positional) const override {
    options.add_options()("study", po::value<std::string>());
    positional.add("study", 1);
    declare_study_options(options);
    declare_launch_options(options);
  }
  ExitCode run(const po::variables_map& options, Context& context) const override {
    Registry registry = load_registry(context);
    CardIndex cards = load_cards(context, registry);
    const Plan plan = plan_of_script(options, context, registry, cards);
    check_encoders(plan, cards);
    return run_plan(plan, {}, options, context);
  }
};

class Resume : public Command {
 public:
  std::string name() const override { return "resume"; }
  std::string synopsis() const override { return "STUDY [--jobs N]"; }
  std::string summary() const override {
    return "go on with a study's plan after a crash or an interruption, without its script";
  }
  std::vector<std::string> examples() const override {
    return {"spanlab resume negatives", "spanlab resume negatives --runs /big/runs --jobs 2"};
  }
  void declare(po::options_description& options,
               po::positional_options_description& positional) const override {
    options.add_options()("study", po::value<std::string>());
    positional.add("study", 1);
    declare_launch_options(options);
  }
  ExitCode run(const po::variables_map& options, Context& context) const override {
    Plan plan = stored_plan(argument(options, "study"), context);
    return run_plan(plan, {}, options, context);
  }
};

class Rerun : public Command {
 public:
  std::string name() const override { return "rerun"; }
  std::string synopsis() const override { return "STUDY [--failed] [--where QUERY]"; }
  std::string summary() const override {
    return "a new attempt at failed or chosen trials of a study; the old attempts are kept";
  }
  std::vector<std::string> examples() const override {
    return {"spanlab rerun negatives --failed",
            "spanlab rerun negatives --where 'entity.sampler.negatives = 60 and seed = 2'"};
  }
  void declare(po::options_description& options,
               po::positional_options_description& positional) const override {
    auto add = options.add_options();
    add("study", po::value<std::string>());
    add("failed", po::bool_switch(), "the trials that failed");
    add("where", po::value<std::string>()->value_name("QUERY"),
        "the trials with these values and scores, as 'train.epochs = 3 and entity.f1 < 50'");
    positional.add("study", 1);
    declare_launch_options(options);
  }
  ExitCode run(const po::variables_map& options, Context& context) const override {
    Plan plan = stored_plan(argument(options, "study"), context);
    Selection selection{chosen(plan, options, context), true};
    if (selection.again.empty()) {
      context.err << "no trial of '" << plan.study << "' was chosen; nothing was run\n";
      return ExitCode::done;
    }
    return run_plan(plan, selection, options, context);
  }

 private:
  static std::set<std::string> chosen(const Plan& plan, const po::variables_map& options,
                                      const Context& context) {
    bool failed = options["failed"].as<bool>();
    if (!failed && !options.count("where"))
      throw Error(ErrorKind::usage, "", "expected --failed, --where QUERY or both, to choose trials");
    RunStore store(context.runs);
    std::set<std::string> hashes;
    for (const PlannedTrial& trial : plan.trials) {
      if (!failed || standing(store, trial.hash).state == TrialState::failed) hashes.insert(trial.hash);
    }
    if (!options.count("where")) return hashes;
    std::set<std::string> both;
    const Index index(store);
    const std::vector<IndexedTrial> found = index.select(parse_query(options["where"].as<std::string>()));
    for (const std::string& trial : index.skipped()) context.err << "skipped: " << trial << '\n';
    for (const IndexedTrial& trial : found) {
      if (hashes.contains(trial.hash)) both.insert(trial.hash);
    }
    return both;
  }
};

}  // namespace

std::unique_ptr<Command> run_command() { return std::make_unique<Run>(); }
std::unique_ptr<Command> resume_command() { return std::make_unique<Resume>(); }
std::unique_ptr<Command> rerun_command() { return std::make_unique<Rerun>(); }

}  // namespace spanlab::cli
