// SPDX-License-Identifier: MIT
#include "app/plugin_new.hpp"

#include <ostream>

#include "cli/commands.hpp"
#include "cli/text.hpp"
#include "text/shell_text.hpp"

namespace spanlab::host::cli {

using nlohmann::ordered_json;

namespace {

void declare(Arguments& arguments, app::PluginNewOptions& options) {
  arguments.argument("KIND", options.kind, "encoder, head, loss, sampler, labeler or reader");
  arguments.argument_takes(Choices{"encoder", "head", "loss", "sampler", "labeler", "reader"});
  arguments.argument(
      "NAME", options.name,
      "of the component, in small letters, as focal_mine: the names in the source are made of it");
  arguments.argument("DIR", options.folder, "the folder to make (default: NAME, here)");
  arguments.argument_takes(Takes::folder);
}

// A program that is not installed has no package that CMake could find.
void print_next_steps(const app::NewPlugin& made, const Context& context) {
  std::vector<std::string> configure{"cmake", "-B", "build"};
  if (made.prefix.empty()) {
    context.err
        << "first: install this program (cmake --install BUILD --prefix PREFIX) and give PREFIX below\n";
    configure.push_back("-DCMAKE_PREFIX_PATH=PREFIX");
  } else {
    configure.push_back("-DCMAKE_PREFIX_PATH=" + made.prefix.string());
  }
  context.err << fmt::format("next: cd {}\n", shell_line({path_word(made.folder)}));
  for (const std::vector<std::string>& words : {configure,
                                                {"cmake", "--build", "build"},
                                                {"ctest", "--test-dir", "build", "--output-on-failure"},
                                                {"spanlab", "run", "study.lua", "--plugin-path", "build"}}) {
    context.err << "      " << shell_line(words) << '\n';
  }
}

ExitCode plugin_new(const app::PluginNewOptions& options, Context& context) {
  const app::NewPlugin made = app::make_plugin(options, context.places);
  if (context.json) {
    ordered_json files = ordered_json::array();
    for (const auto& file : made.files) files.push_back(file.string());
    context.out << printed({{"kind", to_text(made.kind)},
                            {"id", made.name},
                            {"folder", made.folder.string()},
                            {"files", files}})
                << '\n';
    return ExitCode::done;
  }
  for (const auto& file : made.files) context.out << (made.folder / file).string() << '\n';
  if (!context.quiet) print_next_steps(made, context);
  return ExitCode::done;
}

}  // namespace

Command plugin_new_command() {
  return make_command(
      {.name = "plugin new",
       .synopsis = "KIND NAME [DIR]",
       .summary = "write the project of a plugin: a component, its tests and a study over its parameter",
       .examples = {"spanlab plugin new loss focal_mine",
                    "spanlab plugin new reader columns ~/plugins/columns"}},
      declare, plugin_new);
}

}  // namespace spanlab::host::cli
