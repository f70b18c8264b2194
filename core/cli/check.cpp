// SPDX-License-Identifier: MIT
#include "cli/commands.hpp"
#include "cli/options.hpp"
#include "run/check_process.hpp"
#include "spanlab/error.hpp"

namespace spanlab::cli {

namespace po = boost::program_options;

namespace {

class Check : public Command {
 public:
  std::string name() const override { return "check"; }
  std::string synopsis() const override { return "--plan FD"; }
  std::string summary() const override {
    return "check what trials begin with: what 'run' starts once before the first trial";
  }
  std::vector<std::string> examples() const override {
    return {"spanlab check --plan 3 3<> plan.jsonl",
            "spanlab check --plan 3 --plugin-path mine.so 3<> plan.jsonl"};
  }
  bool hidden() const override { return true; }
  void declare(po::options_description& options, po::positional_options_description&) const override {
    options.add_options()("plan", po::value<int>()->value_name("FD"),
                          "a descriptor to read the plan from and to answer to");
  }
  ExitCode run(const po::variables_map& options, Context& context) const override {
    if (!options.count("plan"))
      throw Error(ErrorKind::usage, "--plan", "expected the number of a descriptor");
    Registry registry = load_registry(context);
    const CardIndex cards = load_cards(context, registry);
    answer_check(options["plan"].as<int>(), [&](const Plan& plan, const CheckListener& listener) {
      return check_plan(plan, registry, cards, listener);
    });
    return ExitCode::done;
  }
};

}  // namespace

std::unique_ptr<Command> check_command() { return std::make_unique<Check>(); }

}  // namespace spanlab::cli
