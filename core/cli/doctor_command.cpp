// SPDX-License-Identifier: MIT
// doctor: what this installation is, and what is missing.
#include <sched.h>
#include <unistd.h>

#include <fstream>
#include <ostream>

#include "cli/commands.hpp"
#include "cli/options.hpp"
#include "cli/printed_command.hpp"
#include "cli/text.hpp"
#include "cli/version.hpp"
#include "files/resources.hpp"
#include "plugin/record.hpp"
#include "spanlab/error.hpp"
#include "train/hardware.hpp"

namespace spanlab::cli {

namespace po = boost::program_options;
namespace fs = std::filesystem;
using nlohmann::ordered_json;

namespace {

enum class State { good, note, problem };

/// One line of the examination.
struct Finding {
  std::string area;
  State state;
  std::string text;
};

using Findings = std::vector<Finding>;

const char* to_text(State state) {
  return state == State::good ? "ok" : state == State::note ? "note" : "problem";
}

void examine_program(const Context& context, Findings& findings) {
  const std::string text = version_text();
  findings.push_back({"program", State::good,
                      fmt::format("{}, {}", text.substr(0, text.find('\n')), context.program.string())});
  const BuildRecord host = BuildRecord::host();
  for (const char* field :
       {"LibTorch", "C++11 ABI", "compiler", "standard library", "plugin API", "SDK headers"}) {
    findings.push_back({"program", State::good, fmt::format("{}: {}", field, host.value(field))});
  }
}

void examine_machine(Findings& findings) {
  std::ifstream information("/proc/cpuinfo");
  std::string processor = "unknown";
  for (std::string line; std::getline(information, line);) {
    if (line.starts_with("model name")) {
      processor = line.substr(line.find(':') + 2);
      break;
    }
  }
  cpu_set_t set;
  const int threads = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
  const double memory =
      static_cast<double>(sysconf(_SC_PHYS_PAGES)) * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1 << 30);
  findings.push_back(
      {"machine", State::good,
       fmt::format("processor: {}; {} threads; {:.1f} GiB of memory", processor, threads, memory)});
  findings.push_back(
      {"machine", State::good,
       hardware().cuda ? "CUDA: `--device cuda` can be used" : "CUDA: LibTorch finds no device"});
}

void examine_plugins(const Context& context, Registry& registry, Findings& findings) {
  const std::vector<fs::path> folders = plugin_folders(context.plugin_path);
  try {
    registry.load(folders);
  } catch (const Error&) {
    // Every refusal stands in the list of files.
  }
  std::size_t loaded = 0;
  for (const fs::path& folder : folders) {
    findings.push_back(
        {"plugins", State::good,
         fmt::format("searched: {}{}", folder.string(), fs::exists(folder) ? "" : " (absent)")});
  }
  for (const PluginFile& file : registry.files()) {
    if (file.refusal.empty())
      ++loaded;
    else
      findings.push_back(
          {"plugins", State::problem, fmt::format("refused: {}: {}", file.file.string(), file.refusal)});
  }
  std::vector<std::string> kinds;
  for (const ComponentKind kind : kComponentKinds)
    kinds.push_back(fmt::format("{} {}", registry.ids(kind).size(), spanlab::to_text(kind)));
  const State state = loaded > 0 ? State::good : State::problem;
  findings.push_back({"plugins", state,
                      fmt::format("{} loaded: {}{}", loaded, fmt::join(kinds, ", "),
                                  loaded > 0 ? "" : "; build or install Spanlab's own plugins")});
}

template <typename Card>
void examine_card(const Context& context, const CardIndex& cards, const Card& card, State missing,
                  Findings& findings) {
  const char* area = missing == State::note ? "data" : "models";
  try {
    findings.push_back({area, State::good, fmt::format("{}: {}", card.name, cards.folder(card).string())});
  } catch (const Error&) {
    findings.push_back({area, missing,
                        fmt::format("{}: not found; `{}` tells where it is", card.name,
                                    printed_command(context, {"data", "add", card.name, "DIR"}))});
  }
}

void examine_data(const Context& context, const Registry& registry, Findings& findings) {
  try {
    findings.push_back(
        {"data", State::good, fmt::format("cards and scripts: {}", resource_folder().string())});
    const DataLocations locations = standard_locations(context.data_path);
    for (const fs::path& folder : locations.files)
      findings.push_back(
          {"data", State::good,
           fmt::format("searched: {}{}", folder.string(), fs::exists(folder) ? "" : " (absent)")});
    findings.push_back({"data", State::good,
                        fmt::format("site file: {}{}", locations.site.string(),
                                    fs::exists(locations.site) ? "" : " (none yet)")});
    const CardIndex cards(locations, registry);
    for (const std::string& name : cards.data_names()) {
      examine_card(context, cards, cards.data(name), State::note, findings);
    }
    for (const std::string& name : cards.model_names()) {
      examine_card(context, cards, cards.model(name), State::problem, findings);
    }
    for (const BrokenCard& card : cards.broken()) {
      const std::string command = printed_command(context, {"data", "info", card.file.stem().string()});
      findings.push_back(
          {"data", State::problem,
           fmt::format("{} is a broken card: `{}` tells what is wrong", card.file.string(), command)});
    }
  } catch (const Error& error) {
    for (const Problem& problem : error.problems()) {
      const std::string text = with_options(context, problem.message);
      findings.push_back(
          {"data", State::problem, problem.place.empty() ? text : problem.place + ": " + text});
    }
  }
}

void examine_runs(const Context& context, Findings& findings) {
  fs::path folder = fs::absolute(context.runs).lexically_normal();
  const std::string name = folder.string();
  while (!fs::exists(folder) && folder.has_relative_path()) folder = folder.parent_path();
  if (!fs::is_directory(folder))
    findings.push_back(
        {"runs", State::problem,
         fmt::format("{}: {} is a file; give another folder by --runs", name, folder.string())});
  else if (access(folder.c_str(), W_OK | X_OK) != 0)
    findings.push_back(
        {"runs", State::problem,
         fmt::format("{}: {} cannot be written; give another folder by --runs", name, folder.string())});
  else
    findings.push_back({"runs", State::good,
                        fmt::format("{}: writable, {:.1f} GiB free", name,
                                    static_cast<double>(fs::space(folder).available) / (1 << 30))});
}

class Doctor : public Command {
 public:
  std::string name() const override { return "doctor"; }
  std::string synopsis() const override { return ""; }
  std::string summary() const override {
    return "versions, search paths, plugins, data, models: is all in place?";
  }
  std::vector<std::string> examples() const override {
    return {"spanlab doctor", "spanlab doctor --plugin-path ./build --json"};
  }
  void declare(po::options_description&, po::positional_options_description&) const override {}

  ExitCode run(const po::variables_map&, Context& context) const override {
    Findings findings;
    Registry registry;
    examine_program(context, findings);
    examine_machine(findings);
    examine_plugins(context, registry, findings);
    examine_data(context, registry, findings);
    examine_runs(context, findings);
    const auto problems = std::count_if(findings.begin(), findings.end(),
                                        [](const Finding& f) { return f.state == State::problem; });
    if (context.json)
      print_json(findings, context.out);
    else
      print(findings, context);
    if (!context.json)
      context.out << fmt::format(
          "\n{}\n",
          problems == 0 ? "all in place" : fmt::format("{} problem{}", problems, problems == 1 ? "" : "s"));
    return problems == 0 ? ExitCode::done : ExitCode::environment;
  }

 private:
  static void print(const Findings& findings, Context& context) {
    std::string area;
    for (const Finding& finding : findings) {
      if (finding.area != area) context.out << (area.empty() ? "" : "\n") << finding.area << '\n';
      area = finding.area;
      print_hanging(context.out, fmt::format("  {:<7}  ", to_text(finding.state)), finding.text,
                    context.columns);
    }
  }

  static void print_json(const Findings& findings, std::ostream& out) {
    ordered_json all = ordered_json::array();
    for (const Finding& finding : findings)
      all.push_back({{"area", finding.area}, {"state", to_text(finding.state)}, {"text", finding.text}});
    out << printed(all) << '\n';
  }
};

}  // namespace

std::unique_ptr<Command> doctor_command() { return std::make_unique<Doctor>(); }

}  // namespace spanlab::cli
