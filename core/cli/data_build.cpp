// SPDX-License-Identifier: MIT
#include <ostream>

#include "cli/commands.hpp"
#include "cli/options.hpp"
#include "cli/text.hpp"
#include "cli/printed_command.hpp"
#include "label_variation/comparison.hpp"
#include "spanlab/error.hpp"
#include "text/shell_text.hpp"

namespace spanlab::cli {

namespace po = boost::program_options;
using nlohmann::ordered_json;

namespace {

ordered_json to_json(const SetCounts& counts) {
  ordered_json views = ordered_json::object();
  for (const auto& [view, name] : {std::pair{0, "sci"}, std::pair{1, "sem"}})
    views[name] = {{"entities", counts.entities[view]}, {"relations", counts.relations[view]}};
  return {{"sentences", counts.sentences}, {"abstracts", counts.abstracts}, {"views", views}};
}

class DataBuild : public Command {
 public:
  std::string name() const override { return "data build"; }
  std::string synopsis() const override { return "label-variation --out DIR"; }
  std::string summary() const override { return "make a data set from the raw files of others"; }
  std::vector<std::string> examples() const override {
    return {"spanlab data build label-variation --out built",
            "spanlab data check label_variation_built --data-path built"};
  }
  void declare(po::options_description& options,
               po::positional_options_description& positional) const override {
    auto add = options.add_options();
    add("WHAT", po::value<std::string>(),
        "label-variation: SciERC's and SemEval-2018's annotation of the same abstracts");
    add("out", po::value<std::string>()->value_name("DIR"),
        "a new folder, for the sets, their cards and a report of their numbers");
    add("result", po::value<std::string>()->value_name("WAY")->default_value("flipped"),
        "which way RESULT becomes Evaluate-for: flipped, as SciERC means it, or released, as in the authors' "
        "data");
    positional.add("WHAT", 1);
  }

  ExitCode run(const po::variables_map& options, Context& context) const override {
    const std::string out = checked(options);
    const ResultDirection result = options["result"].as<std::string>() == "released"
                                       ? ResultDirection::released
                                       : ResultDirection::flipped;
    const Registry registry = load_registry(context);
    const CardIndex cards = load_cards(context, registry);
    const LabelVariation built = build_label_variation(cards, result);
    const std::vector<SetComparison> sets = compare_with_released(built, cards);
    const std::string report = comparison_text(built, sets, result);
    write_label_variation(built, report, out);
    if (context.json)
      print_json(built, sets, out, context);
    else
      context.out << report;
    if (!context.quiet) context.err << fmt::format("written to {}\n", out);
    print_next(context, {"data", "info", "label_variation_overlap_built", "--data-path", path_word(out)});
    return ExitCode::done;
  }

 private:
  static std::string checked(const po::variables_map& options) {
    std::vector<Problem> problems;
    const std::string what = argument(options, "WHAT"), result = options["result"].as<std::string>();
    const std::vector<std::string> sets{"label-variation"}, ways{"flipped", "released"};
    if (what != sets[0])
      problems.push_back({"", fmt::format("unknown data set '{}'{}\n   known: {}", what,
                                          did_you_mean(what, sets), sets[0])});
    if (std::ranges::find(ways, result) == ways.end()) {
      problems.push_back({"--result", fmt::format("expected flipped or released, got '{}'{}", result,
                                                  did_you_mean(result, ways))});
    }
    if (!options.count("out")) problems.push_back({"--out", "expected a new folder: --out DIR"});
    if (!problems.empty()) throw Error(ErrorKind::usage, std::move(problems));
    return options["out"].as<std::string>();
  }

  static void print_json(const LabelVariation& built, const std::vector<SetComparison>& sets,
                         const std::string& out, Context& context) {
    ordered_json all = ordered_json::array();
    for (const SetComparison& set : sets) {
      all.push_back({{"set", set.name},
                     {"built", to_json(set.built)},
                     {"released", set.released ? to_json(*set.released) : ordered_json()},
                     {"reasons", set.reasons}});
    }
    const ordered_json found{{"folder", out},
                             {"matched", built.matched},
                             {"matched_by_text", built.matched_by_text},
                             {"sets", all}};
    context.out << printed(found) << '\n';
  }
};

}  // namespace

std::unique_ptr<Command> data_build_command() { return std::make_unique<DataBuild>(); }

}  // namespace spanlab::cli
