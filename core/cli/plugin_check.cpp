// SPDX-License-Identifier: MIT
#include "app/plugin_check.hpp"

#include <algorithm>
#include <array>
#include <ostream>

#include "cli/commands.hpp"
#include "cli/text.hpp"
#include "contract/suite.hpp"
#include "spanlab/error.hpp"
#include "text/terminal_text.hpp"

namespace spanlab::host::cli {

using contract::Result;
using contract::Verdict;
using nlohmann::ordered_json;

namespace {

constexpr std::size_t kItemWidth = 14;

std::string counts_of(const std::vector<Result>& results) {
  std::vector<std::string> parts;
  for (const Verdict verdict :
       {Verdict::failed, Verdict::not_run, Verdict::warned, Verdict::passed, Verdict::not_applicable}) {
    const auto count = std::ranges::count(results, verdict, &Result::verdict);
    if (count > 0) parts.push_back(fmt::format("{} {}", count, contract::to_text(verdict)));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

// Prints a component when its last item is known: one line where all is well, else the items that are not.
class Printer {
 public:
  Printer(Context& context, bool all) : context_(context), all_(all) {}

  void add(const Result& result) {
    if (!results_.empty() && results_.back().component != result.component) finish();
    results_.push_back(result);
  }

  void finish() {
    if (results_.empty()) return;
    const bool holds = contract::holds(results_);
    context_.out << fmt::format("{} {:<24} {}\n", holds ? "ok  " : "FAIL",
                                printable(results_.front().component), counts_of(results_));
    for (const Result& result : results_) {
      const bool is_plain = result.verdict == Verdict::passed || result.verdict == Verdict::not_applicable;
      if (all_ || !is_plain) print(result);
    }
    context_.out.flush();
    failed_ += !holds;
    ++components_;
    results_.clear();
  }

  std::string summary() const {
    const std::string all = fmt::format("{} component{}", components_, components_ == 1 ? "" : "s");
    return failed_ == 0 ? all + ", all as they should be" : fmt::format("{}, {} with faults", all, failed_);
  }

 private:
  void print(const Result& result) const {
    const std::string begin =
        fmt::format("     {:<{}} {:<15}", result.item, kItemWidth, contract::to_text(result.verdict));
    const std::string text = result.message.empty() ? promise(result.item) : result.message;
    print_hanging(context_.out, begin, printable_lines(text), context_.columns);
  }

  // What was asked, where there is nothing else to say.
  std::string promise(const std::string& item) const {
    const auto found = std::ranges::find(texts_, item, &suite::ItemText::name);
    return found == texts_.end() ? "" : found->promise;
  }

  Context& context_;
  bool all_;
  std::vector<suite::ItemText> texts_ = suite::item_texts();
  std::vector<Result> results_;
  int components_ = 0, failed_ = 0;
};

ordered_json to_json(const std::vector<Result>& results, std::int64_t seed) {
  ordered_json components = ordered_json::array();
  for (const Result& result : results) {
    if (components.empty() || components.back().at("component") != result.component)
      components.push_back({{"component", result.component}, {"items", ordered_json::array()}});
    components.back()["items"].push_back({{"item", result.item},
                                          {"verdict", contract::to_text(result.verdict)},
                                          {"message", result.message},
                                          {"seconds", result.seconds}});
  }
  return {{"seed", seed}, {"holds", contract::holds(results)}, {"components", components}};
}

void declare(Arguments& arguments, app::PluginCheckOptions& options) {
  arguments.argument("PLUGIN", options.plugin, "a plugin's file, or a folder of plugins");
  arguments.argument_takes(Takes::file);
  arguments.option("component", "ID", options.components,
                   "KIND/ID, or an id: only this component, with all that was asked of it");
  arguments.option_takes(Takes::component);
  arguments.option("seed", "N", options.seed, "of the made-up sentences and numbers", Range{0, {}});
  arguments.option("limit", "SECONDS", options.limit, "that one item may take", Range{1, 86400, "seconds"});
}

ExitCode plugin_check(const app::PluginCheckOptions& options, Context& context) {
  Printer printer(context, !options.components.empty());
  const auto told = [&](const Result& result) {
    if (!context.json) printer.add(result);
  };
  const app::PluginFindings found = app::check_plugin(options, context.places, told);
  if (context.json) {
    context.out << printed(to_json(found.results, options.seed)) << '\n';
  } else {
    printer.finish();
    context.out << fmt::format("{} (seed {})\n", printer.summary(), options.seed);
  }
  if (found.interrupted) return ExitCode::interrupted;
  return contract::holds(found.results) ? ExitCode::done : ExitCode::plugin;
}

struct JobOptions {
  std::optional<int> job;
  std::optional<int> calls;
};

void declare_job(Arguments& arguments, JobOptions& options) {
  arguments.option("job", "FD", options.job, "a descriptor to read from what to check, and to answer to");
  arguments.option("calls", "FD", options.calls, "a page to keep on which component is at work");
}

ExitCode contract_job(const JobOptions& options, Context&) {
  if (!options.job) throw Error(ErrorKind::usage, "--job", "expected the number of a descriptor");
  app::answer_plugin_check(*options.job, options.calls);
  return ExitCode::done;
}

}  // namespace

Command plugin_check_command() {
  return make_command({.name = "plugin check",
                       .synopsis = "FILE|DIR [--component ID]…",
                       .summary = "whether components keep what every component has to, on made-up batches",
                       .examples = {"spanlab plugin check build/example.so",
                                    "spanlab plugin check build --component loss/poly"}},
                      declare, plugin_check);
}

Command contract_command() {
  return make_command({.name = "contract",
                       .synopsis = "--job FD",
                       .summary = "check components in this process: what 'plugin check' starts",
                       .examples = {"spanlab contract --job 3 3<> job.json",
                                    "spanlab contract --job 4 --plugin-path build 4<> job.json"},
                       .listing = Listing::hidden},
                      declare_job, contract_job);
}

}  // namespace spanlab::host::cli
