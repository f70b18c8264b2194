// SPDX-License-Identifier: MIT
#include "app/new_study.hpp"

#include <ostream>

#include "cli/commands.hpp"
#include "cli/printed_command.hpp"
#include "cli/text.hpp"
#include "text/shell_text.hpp"

namespace spanlab::host::cli {

namespace {

void declare(Arguments& arguments, app::NewStudyOptions& options) {
  arguments.argument("NAME", options.name, "of the study; its script is NAME.lua");
  arguments.argument("DIR", options.folder, "the folder to write it to (default: the current one)");
  arguments.argument_takes(Takes::folder);
}

ExitCode new_study(const app::NewStudyOptions& options, Context& context) {
  const std::filesystem::path file = app::write_new_study(options);
  if (context.json) {
    context.out << printed({{"study", options.name}, {"file", file.string()}}) << '\n';
  } else {
    context.out << file.string() << '\n';
    print_next(context, {"plan", path_word(file)});
  }
  return ExitCode::done;
}

}  // namespace

Command new_study_command() {
  return make_command({.name = "new study",
                       .synopsis = "NAME [DIR]",
                       .summary = "write the script of a study to begin with",
                       .examples = {"spanlab new study negatives", "spanlab new study depth experiments"}},
                      declare, new_study);
}

}  // namespace spanlab::host::cli
