// SPDX-License-Identifier: MIT
#include "cli/commands.hpp"
#include "cli/options.hpp"
#include "run/trial_process.hpp"
#include "settings/configuration_json.hpp"
#include "spanlab/error.hpp"
#include "files/file_lock.hpp"

namespace spanlab::cli {

namespace po = boost::program_options;

namespace {

class Trial : public Command {
 public:
  std::string name() const override { return "trial"; }
  std::string synopsis() const override { return "HASH --attempt N [--threads N]"; }
  std::string summary() const override {
    return "train one attempt in this process: what 'run' starts for every trial";
  }
  std::vector<std::string> examples() const override {
    return {"spanlab trial 1a2b3c4d --attempt 1 --threads 2",
            "spanlab trial 1a2b3c4d --attempt 1 --memory 6000000000"};
  }
  bool hidden() const override { return true; }
  void declare(po::options_description& options,
               po::positional_options_description& positional) const override {
    auto add = options.add_options();
    add("hash", po::value<std::string>());
    add("attempt", po::value<std::int64_t>()->value_name("N"), "the attempt, whose folder exists");
    add("lock", po::value<int>()->value_name("FD"), "a descriptor that holds the trial's lock already");
    add("threads", po::value<int>()->value_name("N")->default_value(1), "threads to compute with");
    add("device", po::value<std::string>()->value_name("NAME")->default_value("cpu"), "cpu or cuda");
    add("program", po::value<std::string>()->value_name("HASH")->default_value(""),
        "what program and core library must hash to");
    add("memory", po::value<std::int64_t>()->value_name("BYTES")->default_value(0),
        "limit of the address space; 0: none");
    positional.add("hash", 1);
  }
  ExitCode run(const po::variables_map& options, Context& context) const override {
    RunStore store(context.runs);
    TrialRequest request;
    request.hash = store.find_trial(argument(options, "hash"));
    if (!options.count("attempt"))
      throw Error(ErrorKind::usage, "--attempt", "expected the number of the attempt");
    request.attempt = options["attempt"].as<std::int64_t>();
    request.threads = options["threads"].as<int>();
    request.device = options["device"].as<std::string>();
    request.program = options["program"].as<std::string>();
    request.memory = options["memory"].as<std::int64_t>();
    std::optional<FileLock> lock = options.count("lock") ? FileLock::inherited(options["lock"].as<int>())
                                                         : FileLock::attempt(store.trial_lock(request.hash));
    if (!lock)
      throw Error(ErrorKind::environment, "trial " + request.hash.substr(0, 8),
                  "another process works on it");
    Registry registry = load_registry(context);
    CardIndex cards = load_cards(context, registry);
    const Train train = [&](const PlannedTrial& trial, const Workplace& place, const TrialEvents& events) {
      const TrialJob job{read_configuration(trial.configuration, registry),
                         trial.seed,
                         place.folder,
                         place.device,
                         place.threads,
                         place.features};
      return train_trial(job, registry, cards, events);
    };
    return static_cast<ExitCode>(run_trial(store, request, registry, cards, train));
  }
};

}  // namespace

std::unique_ptr<Command> trial_command() { return std::make_unique<Trial>(); }

}  // namespace spanlab::cli
