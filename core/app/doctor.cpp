// SPDX-License-Identifier: MIT
#include "app/doctor.hpp"

#include <sched.h>
#include <unistd.h>

#include "app/printed_command.hpp"
#include "app/version.hpp"
#include "files/resources.hpp"
#include "plugin/record.hpp"
#include "run/provenance.hpp"
#include "spanlab/error.hpp"
#include "train/hardware.hpp"

namespace spanlab::host::app {

namespace fs = std::filesystem;

namespace {

using Findings = std::vector<Finding>;

void examine_program(const Places& places, Findings& findings) {
  const std::string text = version_text();
  findings.push_back({"program", Health::good,
                      fmt::format("{}, {}", text.substr(0, text.find('\n')), places.program.string())});
  const BuildRecord host = BuildRecord::host();
  for (const char* field :
       {"LibTorch", "C++11 ABI", "compiler", "standard library", "plugin API", "SDK headers"}) {
    findings.push_back({"program", Health::good, fmt::format("{}: {}", field, host.value(field))});
  }
}

void examine_machine(Findings& findings) {
  cpu_set_t set;
  const int threads = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
  const double memory =
      static_cast<double>(sysconf(_SC_PHYS_PAGES)) * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1 << 30);
  findings.push_back(
      {"machine", Health::good,
       fmt::format("processor: {}; {} threads; {:.1f} GiB of memory", processor_name(), threads, memory)});
  findings.push_back(
      {"machine", Health::good,
       hardware().cuda ? "CUDA: `--device cuda` can be used" : "CUDA: LibTorch finds no device"});
}

void examine_plugins(const Places& places, Registry& registry, Findings& findings) {
  const std::vector<fs::path> folders = plugin_folders(places.plugin_path);
  try {
    registry.load(folders);
  } catch (const Error&) {
    // Every refusal stands in the list of files.
  }
  std::size_t loaded = 0;
  for (const fs::path& folder : folders) {
    findings.push_back(
        {"plugins", Health::good,
         fmt::format("searched: {}{}", folder.string(), fs::exists(folder) ? "" : " (absent)")});
  }
  for (const PluginFile& file : registry.files()) {
    if (file.refusal.empty()) {
      ++loaded;
    } else {
      findings.push_back(
          {"plugins", Health::problem, fmt::format("refused: {}: {}", file.file.string(), file.refusal)});
    }
  }
  std::vector<std::string> kinds;
  for (const ComponentKind kind : kComponentKinds) {
    kinds.push_back(fmt::format("{} {}", registry.ids(kind).size(), host::to_text(kind)));
  }
  const Health health = loaded > 0 ? Health::good : Health::problem;
  findings.push_back({"plugins", health,
                      fmt::format("{} loaded: {}{}", loaded, fmt::join(kinds, ", "),
                                  loaded > 0 ? "" : "; build or install Spanlab's own plugins")});
}

template <typename Card>
void examine_card(const Places& places, const CardIndex& cards, const Card& card, Health missing,
                  Findings& findings) {
  const char* area = missing == Health::note ? "data" : "models";
  try {
    findings.push_back({area, Health::good, fmt::format("{}: {}", card.name, cards.folder(card).string())});
  } catch (const Error&) {
    findings.push_back({area, missing,
                        fmt::format("{}: not found; `{}` tells where it is", card.name,
                                    printed_command(places, {"data", "add", card.name, "DIR"}))});
  }
}

void examine_data(const Places& places, const Registry& registry, Findings& findings) {
  try {
    findings.push_back(
        {"data", Health::good, fmt::format("cards and scripts: {}", resource_folder().string())});
    const DataLocations locations = standard_locations(places.data_path);
    for (const fs::path& folder : locations.files) {
      findings.push_back(
          {"data", Health::good,
           fmt::format("searched: {}{}", folder.string(), fs::exists(folder) ? "" : " (absent)")});
    }
    findings.push_back({"data", Health::good,
                        fmt::format("site file: {}{}", locations.site.string(),
                                    fs::exists(locations.site) ? "" : " (none yet)")});
    const CardIndex cards(locations, registry);
    for (const std::string& name : cards.data_names()) {
      examine_card(places, cards, cards.data(name), Health::note, findings);
    }
    for (const std::string& name : cards.model_names()) {
      examine_card(places, cards, cards.model(name), Health::problem, findings);
    }
    for (const BrokenCard& card : cards.broken()) {
      const std::string command = printed_command(places, {"data", "info", card.file.stem().string()});
      findings.push_back(
          {"data", Health::problem,
           fmt::format("{} is a broken card: `{}` tells what is wrong", card.file.string(), command)});
    }
  } catch (const Error& error) {
    for (const Problem& problem : error.problems()) {
      const std::string text = with_options(places, problem.message);
      findings.push_back(
          {"data", Health::problem, problem.place.empty() ? text : problem.place + ": " + text});
    }
  }
}

void examine_runs(const Places& places, Findings& findings) {
  fs::path folder = fs::absolute(places.runs).lexically_normal();
  const std::string name = folder.string();
  while (!fs::exists(folder) && folder.has_relative_path()) folder = folder.parent_path();
  if (!fs::is_directory(folder)) {
    findings.push_back(
        {"runs", Health::problem,
         fmt::format("{}: {} is a file; give another folder by --runs", name, folder.string())});
  } else if (access(folder.c_str(), W_OK | X_OK) != 0) {
    findings.push_back(
        {"runs", Health::problem,
         fmt::format("{}: {} cannot be written; give another folder by --runs", name, folder.string())});
  } else {
    findings.push_back({"runs", Health::good,
                        fmt::format("{}: writable, {:.1f} GiB free", name,
                                    static_cast<double>(fs::space(folder).available) / (1 << 30))});
  }
}

}  // namespace

std::vector<Finding> examine(const Places& places) {
  Findings findings;
  examine_program(places, findings);
  examine_machine(findings);
  Registry registry;
  examine_plugins(places, registry, findings);
  examine_data(places, registry, findings);
  examine_runs(places, findings);
  return findings;
}

}  // namespace spanlab::host::app
