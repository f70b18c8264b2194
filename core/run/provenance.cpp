// SPDX-License-Identifier: MIT
#include "run/provenance.hpp"

#include <dlfcn.h>

#include <fstream>

#include "data/card.hpp"
#include "plugin/record.hpp"
#include "spanlab/error.hpp"
#include "study/configuration.hpp"
#include "train/hardware.hpp"

namespace spanlab {

namespace {

std::filesystem::path program_file() { return std::filesystem::read_symlink("/proc/self/exe"); }

// The shared library that this function is in.
std::filesystem::path core_file() {
  Dl_info info{};
  if (!dladdr(reinterpret_cast<const void*>(&program_identity), &info)) return program_file();
  return info.dli_fname;
}

std::string processor() {
  std::ifstream in("/proc/cpuinfo");
  for (std::string line; std::getline(in, line);) {
    std::size_t colon = line.find(": ");
    if (line.starts_with("model name") && colon != std::string::npos) return line.substr(colon + 2);
  }
  return "unknown";
}

}  // namespace

std::string program_identity() { return sha256_of(sha256_of_file(program_file()) + sha256_of_file(core_file())); }

void check_identity(const PlannedTrial& trial, const Registry& registry) {
  const auto part = [&](const char* name) { return trial.identity.contains(name) ? trial.identity.at(name) : nlohmann::json::object(); };
  const nlohmann::json components = part("components"), files = part("files");
  std::vector<Problem> problems;
  for (const auto& [name, planned] : components.items()) {
    std::size_t slash = name.find('/');
    ComponentKind kind = component_kind(name.substr(0, slash));
    std::string id = name.substr(slash + 1);
    std::string now = registry.contains(kind, id) ? registry.identity(kind, id) : "absent";
    if (now == planned) continue;
    problems.push_back({name, fmt::format("the plan was made with {}, the loaded plugin has {}; 'spanlab run' with the script makes a new plan",
                                          planned.get<std::string>(), now)});
  }
  if (!problems.empty()) throw Error(ErrorKind::plugin, std::move(problems));
  for (const auto& [path, planned] : files.items()) {
    const auto file = trial.configuration.at(pointer_to(path)).get<std::string>();
    if (remembered_sha256_of_file(file) == planned) continue;
    problems.push_back({file, fmt::format("{}: its content is not what the plan was made with; 'spanlab run' with the script makes a new plan", path)});
  }
  if (!problems.empty()) throw Error(ErrorKind::data, std::move(problems));
}

nlohmann::json provenance(const Registry& registry, const std::string& device, int threads) {
  BuildRecord record = BuildRecord::host();
  nlohmann::json versions;
  for (const char* field : {"LibTorch", "compiler", "standard library"}) versions[field] = record.value(field);
  nlohmann::json plugins = nlohmann::json::object();
  for (const PluginFile& plugin : registry.files()) {
    if (plugin.refusal.empty()) plugins[plugin.name] = {{"version", plugin.version}, {"code", plugin.segments_hash}};
  }
  return {{"versions", versions},
          {"program", sha256_of_file(program_file())},
          {"core", sha256_of_file(core_file())},
          {"plugins", plugins},
          {"device", device},
          {"threads", threads},
          {"processor", processor()},
          {"instruction_set", hardware().instruction_set}};
}

}  // namespace spanlab
