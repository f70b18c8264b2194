// SPDX-License-Identifier: MIT
// What can be named in a study: plugin list, plugin info.
#include <algorithm>
#include <ostream>
#include <span>

#include "app/plugins.hpp"
#include "app/printed_command.hpp"
#include "cli/commands.hpp"
#include "cli/options.hpp"
#include "cli/parameter_text.hpp"
#include "cli/text.hpp"
#include "plugin/record.hpp"

namespace spanlab::host::cli {

using nlohmann::ordered_json;

namespace {

void print_list_json(const app::PluginList& list, std::ostream& out) {
  ordered_json components = ordered_json::array(), refused = ordered_json::array();
  for (const app::ComponentText& component : list.components) {
    components.push_back({{"kind", to_text(component.kind)},
                          {"id", component.info.id},
                          {"summary", component.info.summary},
                          {"file", component.plugin.file.string()}});
  }
  for (const PluginFile& file : list.refused) {
    refused.push_back({{"file", file.file.string()}, {"reason", file.refusal}});
  }
  out << printed({{"components", components}, {"refused", refused}}) << '\n';
}

void print_list(const app::PluginList& list, Context& context) {
  std::size_t name = 0, plugin = 0;
  for (const app::ComponentText& component : list.components) {
    name = std::max(name, component.full_name().size());
    plugin = std::max(plugin, component.plugin.file.filename().string().size());
  }
  for (const app::ComponentText& component : list.components) {
    const std::string begin = fmt::format("{:<{}}  {:<{}}  ", component.full_name(), name,
                                          component.plugin.file.filename().string(), plugin);
    print_hanging(context.out, begin, component.info.summary, context.columns);
  }
  for (const PluginFile& file : list.refused) {
    print_hanging(context.out, "refused  ", file.file.string() + ": " + file.refusal, context.columns);
  }
  if (list.components.empty()) {
    context.out << fmt::format("no components; `{}` says where plugins are looked for\n",
                               app::printed_command(context.places, {"doctor"}));
  } else {
    context.out << fmt::format("\n{}   its parameters\n",
                               app::printed_command(context.places, {"plugin", "info", "KIND/ID"}));
  }
}

ExitCode plugin_list(Context& context) {
  const app::PluginList list = app::list_plugins(context.places);
  if (context.json) {
    print_list_json(list, context.out);
  } else {
    print_list(list, context);
  }
  return ExitCode::done;
}

ordered_json to_json(const app::ComponentText& component) {
  ordered_json parameters = ordered_json::array();
  for (const Parameter& parameter : component.info.schema.parameters()) {
    parameters.push_back(describe(parameter));
  }
  return {{"kind", to_text(component.kind)},   {"id", component.info.id},
          {"summary", component.info.summary}, {"file", component.plugin.file.string()},
          {"plugin", component.plugin.name},   {"version", component.plugin.version},
          {"author", component.plugin.author}, {"since", component.info.since},
          {"identity", component.identity},    {"parameters", parameters}};
}

std::string with_capital(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

void print_markdown(const app::ComponentText& component, std::ostream& out) {
  const std::string& since = component.info.since;
  out << fmt::format("### `{}`\n\n{}. Plugin `{}`{}.\n\n", component.full_name(),
                     with_capital(component.info.summary), component.plugin.name,
                     since.empty() ? "" : ", since " + since)
      << markdown_table(component.info.schema.parameters());
}

void print(const app::ComponentText& component, Context& context) {
  const PluginFile& file = component.plugin;
  const std::span<const Parameter> parameters = component.info.schema.parameters();
  print_hanging(context.out, component.full_name() + "  ", component.info.summary, context.columns);
  context.out << fmt::format("  plugin    {} {} by {}\n  file      {}\n  identity  {}\n", file.name,
                             file.version, file.author, file.file.string(), component.identity);
  if (!component.info.since.empty()) context.out << "  since     " << component.info.since << '\n';
  context.out << (parameters.empty() ? "  no parameters\n" : "  parameters\n");
  for (const Parameter& parameter : parameters) {
    print_parameter(context.out, parameter.name, parameter, context.columns);
  }
}

struct NameOptions {
  std::string name;
};

struct InfoOptions {
  std::string name;
  std::string format = "text";
};

void declare_component(Arguments& arguments, InfoOptions& options) {
  arguments.argument("COMPONENT", options.name, "KIND/ID, or an id: every component of that name");
  arguments.argument_takes(Takes::component);
  declare_format(arguments, options.format);
}

ExitCode plugin_info(const InfoOptions& options, Context& context) {
  const Format format = format_of(options.format, context);
  ordered_json all = ordered_json::array();
  for (const app::ComponentText& component : app::find_components(options.name, context.places)) {
    switch (format) {
      case Format::json:
        all.push_back(to_json(component));
        break;
      case Format::markdown:
        print_markdown(component, context.out);
        break;
      case Format::text:
        print(component, context);
        break;
    }
  }
  if (format == Format::json) context.out << printed(all) << '\n';
  return ExitCode::done;
}

void declare_file(Arguments& arguments, NameOptions& options) {
  arguments.argument("FILE", options.name, "the plugin");
  arguments.argument_takes(Takes::file);
}

ExitCode plugin_seal(const NameOptions& options, Context&) {
  seal_plugin(options.name);
  return ExitCode::done;
}

}  // namespace

Command plugin_list_command() {
  return make_command(
      {.name = "plugin list",
       .synopsis = "",
       .summary = "the components of all plugins, and refused plugins",
       .examples = {"spanlab plugin list", "spanlab plugin list --plugin-path ./build --json"}},
      plugin_list);
}

Command plugin_info_command() {
  return make_command(
      {.name = "plugin info",
       .synopsis = "COMPONENT [--format FORMAT]",
       .summary = "what a component is and which parameters it has",
       .examples = {"spanlab plugin info sampler/uniform", "spanlab plugin info bert --format markdown"}},
      declare_component, plugin_info);
}

Command plugin_seal_command() {
  return make_command(
      {.name = "plugin seal",
       .synopsis = "FILE",
       .summary =
           "write the checksum into a plugin that was just linked: what spanlab_add_plugin() lets a build "
           "do",
       .examples = {"spanlab plugin seal build/example.so", "spanlab plugin seal ./mine.so"},
       .listing = Listing::hidden},
      declare_file, plugin_seal);
}

}  // namespace spanlab::host::cli
