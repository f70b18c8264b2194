// SPDX-License-Identifier: MIT
#include "report/report.hpp"

#include "cli/command.hpp"
#include "cli/commands.hpp"
#include "cli/options.hpp"
#include "cli/studies.hpp"
#include "sdk/utf8.hpp"
#include "spanlab/error.hpp"

namespace spanlab::cli {

namespace po = boost::program_options;

namespace {

class ReportCommand : public Command {
 public:
  std::string name() const override { return "report"; }
  std::string synopsis() const override { return "STUDY [--out DIR]"; }
  std::string summary() const override { return "write a study's report from its stored results"; }
  std::vector<std::string> examples() const override {
    return {"spanlab report negatives", "spanlab report experiments/negatives.lua --out reports/negatives"};
  }

  void declare(po::options_description& options,
               po::positional_options_description& positional) const override {
    auto add = options.add_options();
    add("study", po::value<std::string>()->value_name("STUDY"), "a study's name or its script");
    add("out", po::value<std::string>()->value_name("DIR"),
        "where to (default: the study's folder in the run store)");
    positional.add("study", 1);
  }

  ExitCode run(const po::variables_map& options, Context& context) const override {
    RunStore store(context.runs);
    Plan plan = stored_plan(argument(options, "study"), context);
    std::filesystem::path folder = options.count("out")
                                       ? std::filesystem::path(options["out"].as<std::string>())
                                       : store.study_folder(plan.study) / "report";
    std::string trouble = write(plan, store, folder, options.count("out") > 0);
    if (context.json) {
      const nlohmann::json all{
          {"study", plan.study}, {"folder", valid_utf8(folder.string())}, {"trouble", trouble}};
      context.out << all.dump(2) << '\n';
    } else {
      context.out << terminal_table(plan, store, context.columns);
    }
    if (!trouble.empty()) context.err << "no charts as SVG: " << trouble << '\n';
    if (!context.quiet)
      context.err << "report: " << (folder / "report.md").string() << ", report.html beside it\n";
    return ExitCode::done;
  }

 private:
  static std::string write(const Plan& plan, const RunStore& store, const std::filesystem::path& folder,
                           bool chosen) {
    try {
      return write_report(plan, store, folder);
    } catch (const Error& error) {
      if (chosen || error.kind() != ErrorKind::environment) throw;
      const Problem& problem = error.problems().front();
      throw Error(error.kind(), problem.place, problem.message + "; '--out DIR' writes the report elsewhere");
    }
  }
};

}  // namespace

std::unique_ptr<Command> report_command() { return std::make_unique<ReportCommand>(); }

}  // namespace spanlab::cli
