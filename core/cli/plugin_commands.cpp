// SPDX-License-Identifier: MIT
// What can be named in a study: plugin list, plugin info.
#include <algorithm>
#include <ostream>

#include "cli/commands.hpp"
#include "cli/options.hpp"
#include "cli/parameter_text.hpp"
#include "cli/printed_command.hpp"
#include "cli/text.hpp"
#include "plugin/record.hpp"
#include "spanlab/error.hpp"

namespace spanlab::cli {

namespace po = boost::program_options;
using nlohmann::ordered_json;

namespace {

std::string full_name(ComponentKind kind, const std::string& id) {
  return fmt::format("{}/{}", to_text(kind), id);
}

class PluginList : public Command {
 public:
  std::string name() const override { return "plugin list"; }
  std::string synopsis() const override { return ""; }
  std::string summary() const override { return "the components of all plugins, and refused plugins"; }
  std::vector<std::string> examples() const override {
    return {"spanlab plugin list", "spanlab plugin list --plugin-path ./build --json"};
  }
  void declare(po::options_description&, po::positional_options_description&) const override {}

  ExitCode run(const po::variables_map&, Context& context) const override {
    const Registry registry = load_registry(context);
    ordered_json components = ordered_json::array(), refused = ordered_json::array();
    for (ComponentKind kind : kComponentKinds) {
      for (const std::string& id : registry.ids(kind)) {
        components.push_back({{"kind", to_text(kind)},
                              {"id", id},
                              {"summary", registry.info(kind, id).summary},
                              {"file", registry.plugin_of(kind, id).file.string()}});
      }
    }
    for (const PluginFile& file : registry.files()) {
      if (!file.refusal.empty()) refused.push_back({{"file", file.file.string()}, {"reason", file.refusal}});
    }
    if (context.json)
      context.out << printed({{"components", components}, {"refused", refused}}) << '\n';
    else
      print(components, refused, context);
    return ExitCode::done;
  }

 private:
  static void print(const ordered_json& components, const ordered_json& refused, Context& context) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& c : components) {
      const std::filesystem::path file = c["file"].get<std::string>();
      rows.push_back({c["kind"].get<std::string>() + "/" + c["id"].get<std::string>(),
                      file.filename().string(), c["summary"].get<std::string>()});
    }
    std::size_t name = 0, plugin = 0;
    for (const auto& row : rows)
      name = std::max(name, row[0].size()), plugin = std::max(plugin, row[1].size());
    for (const auto& row : rows) {
      print_hanging(context.out, fmt::format("{:<{}}  {:<{}}  ", row[0], name, row[1], plugin), row[2],
                    context.columns);
    }
    for (const auto& r : refused)
      print_hanging(context.out, "refused  ",
                    r["file"].get<std::string>() + ": " + r["reason"].get<std::string>(), context.columns);
    if (components.empty())
      context.out << fmt::format("no components; `{}` says where plugins are looked for\n",
                                 printed_command(context, {"doctor"}));
    else
      context.out << fmt::format("\n{}   its parameters\n",
                                 printed_command(context, {"plugin", "info", "KIND/ID"}));
  }
};

class PluginInfo : public Command {
 public:
  std::string name() const override { return "plugin info"; }
  std::string synopsis() const override { return "COMPONENT"; }
  std::string summary() const override { return "what a component is and which parameters it has"; }
  std::vector<std::string> examples() const override {
    return {"spanlab plugin info sampler/uniform", "spanlab plugin info bert --json"};
  }
  void declare(po::options_description& options,
               po::positional_options_description& positional) const override {
    options.add_options()("COMPONENT", po::value<std::string>(),
                          "KIND/ID, or an id: every component of that name");
    positional.add("COMPONENT", 1);
  }

  ExitCode run(const po::variables_map& options, Context& context) const override {
    const Registry registry = load_registry(context);
    const auto chosen = find(registry, argument(options, "COMPONENT"));
    ordered_json all = ordered_json::array();
    for (const auto& [kind, id] : chosen) {
      if (context.json)
        all.push_back(describe_component(registry, kind, id));
      else
        print(registry, kind, id, context);
    }
    if (context.json) context.out << printed(all) << '\n';
    return ExitCode::done;
  }

 private:
  using Name = std::pair<ComponentKind, std::string>;

  static std::vector<Name> find(const Registry& registry, const std::string& given) {
    const std::size_t slash = given.find('/');
    if (slash != given.npos) {
      const Name name{component_kind(given.substr(0, slash)), given.substr(slash + 1)};
      registry.info(name.first, name.second);
      return {name};
    }
    std::vector<Name> found;
    std::vector<std::string> known;
    for (ComponentKind kind : kComponentKinds) {
      if (registry.contains(kind, given)) found.emplace_back(kind, given);
      for (const std::string& id : registry.ids(kind)) known.push_back(id);
    }
    if (!found.empty()) return found;
    for (ComponentKind kind : kComponentKinds) {
      if (nearest(given, known).empty()) registry.throw_if_refused(kind, given);
    }
    throw Error(ErrorKind::usage, "",
                fmt::format("no component '{}'{}\n   known: {}", given, did_you_mean(given, known),
                            fmt::join(known, ", ")));
  }

  static ordered_json describe_component(const Registry& registry, ComponentKind kind,
                                         const std::string& id) {
    const ComponentInfo& info = registry.info(kind, id);
    const PluginFile& file = registry.plugin_of(kind, id);
    ordered_json parameters = ordered_json::array();
    for (const Parameter& parameter : info.schema.parameters()) parameters.push_back(describe(parameter));
    return {{"kind", to_text(kind)},   {"id", id},
            {"summary", info.summary}, {"file", file.file.string()},
            {"plugin", file.name},     {"version", file.version},
            {"author", file.author},   {"identity", registry.identity(kind, id)},
            {"parameters", parameters}};
  }

  static void print(const Registry& registry, ComponentKind kind, const std::string& id, Context& context) {
    const ComponentInfo& info = registry.info(kind, id);
    const PluginFile& file = registry.plugin_of(kind, id);
    print_hanging(context.out, full_name(kind, id) + "  ", info.summary, context.columns);
    context.out << fmt::format("  plugin    {} {} by {}\n  file      {}\n  identity  {}\n", file.name,
                               file.version, file.author, file.file.string(), registry.identity(kind, id));
    context.out << (info.schema.parameters().empty() ? "  no parameters\n" : "  parameters\n");
    for (const Parameter& parameter : info.schema.parameters())
      print_parameter(context.out, parameter.name, parameter, context.columns);
  }
};

class PluginSeal : public Command {
 public:
  std::string name() const override { return "plugin seal"; }
  std::string synopsis() const override { return "FILE"; }
  std::string summary() const override {
    return "write the checksum into a plugin that was just linked: what spanlab_add_plugin() lets a build do";
  }
  std::vector<std::string> examples() const override {
    return {"spanlab plugin seal build/example.so", "spanlab plugin seal ./mine.so"};
  }
  bool hidden() const override { return true; }
  void declare(po::options_description& options,
               po::positional_options_description& positional) const override {
    options.add_options()("FILE", po::value<std::string>(), "the plugin");
    positional.add("FILE", 1);
  }
  ExitCode run(const po::variables_map& options, Context&) const override {
    seal_plugin(argument(options, "FILE"));
    return ExitCode::done;
  }
};

}  // namespace

std::unique_ptr<Command> plugin_seal_command() { return std::make_unique<PluginSeal>(); }
std::unique_ptr<Command> plugin_list_command() { return std::make_unique<PluginList>(); }
std::unique_ptr<Command> plugin_info_command() { return std::make_unique<PluginInfo>(); }

}  // namespace spanlab::cli
