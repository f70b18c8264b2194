// SPDX-License-Identifier: MIT
#include "app/data_build.hpp"

#include <ostream>

#include "cli/commands.hpp"
#include "cli/printed_command.hpp"
#include "cli/text.hpp"
#include "text/shell_text.hpp"

namespace spanlab::host::cli {

using nlohmann::ordered_json;

namespace {

ordered_json to_json(const SetCounts& counts) {
  ordered_json views = ordered_json::object();
  for (const auto& [view, name] : {std::pair{0, "sci"}, std::pair{1, "sem"}}) {
    views[name] = {{"entities", counts.entities[view]}, {"relations", counts.relations[view]}};
  }
  return {{"sentences", counts.sentences}, {"abstracts", counts.abstracts}, {"views", views}};
}

void print_json(const app::BuiltData& data, std::ostream& out) {
  ordered_json all = ordered_json::array();
  for (const SetComparison& set : data.sets) {
    all.push_back({{"set", set.name},
                   {"built", to_json(set.built)},
                   {"released", set.released ? to_json(*set.released) : ordered_json()},
                   {"reasons", set.reasons}});
  }
  const ordered_json found{{"folder", data.folder},
                           {"matched", data.built.matched},
                           {"matched_by_text", data.built.matched_by_text},
                           {"sets", all}};
  out << printed(found) << '\n';
}

void declare(Arguments& arguments, app::DataBuildOptions& options) {
  arguments.argument("WHAT", options.what,
                     "label-variation: SciERC's and SemEval-2018's annotation of the same abstracts");
  arguments.argument_takes(Choices{"label-variation"});
  arguments.option("out", "DIR", options.out,
                   "a new folder, for the sets, their cards and a report of their numbers");
  arguments.option_takes(Takes::folder);
  arguments.option(
      "result", "WAY", options.result,
      "which way RESULT becomes Evaluate-for: flipped, as SciERC means it, or released, as in the "
      "authors' data");
  arguments.option_takes(Choices{"flipped", "released"});
}

ExitCode data_build(const app::DataBuildOptions& options, Context& context) {
  const app::BuiltData data = app::build_data(options, context.places);
  if (context.json) {
    print_json(data, context.out);
  } else {
    context.out << data.report;
  }
  if (!context.quiet) context.err << fmt::format("written to {}\n", data.folder);
  print_next(context,
             {"data", "info", "label_variation_overlap_built", "--data-path", path_word(data.folder)});
  return ExitCode::done;
}

}  // namespace

Command data_build_command() {
  return make_command({.name = "data build",
                       .synopsis = "label-variation --out DIR",
                       .summary = "make a data set from the raw files of others",
                       .examples = {"spanlab data build label-variation --out built",
                                    "spanlab data check label_variation_built --data-path built"}},
                      declare, data_build);
}

}  // namespace spanlab::host::cli
