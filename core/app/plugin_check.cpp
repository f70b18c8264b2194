// SPDX-License-Identifier: MIT
#include "app/plugin_check.hpp"

#include "run/contract_process.hpp"
#include "sdk/current_call.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host::app {

namespace {

constexpr std::int64_t kMemory = std::int64_t{6}
                                 << 30;  // more than any component should want for a few sentences

std::filesystem::path existing(const std::string& plugin) {
  if (std::filesystem::exists(plugin)) return std::filesystem::canonical(plugin);
  throw Error(ErrorKind::usage, plugin,
              "there is no such file or folder; expected a plugin, or a folder of some");
}

// A project has the cards of its own data at its top, and the library in its build folder.
std::vector<std::string> data_folders(const std::filesystem::path& plugin, const Places& places) {
  std::vector<std::string> folders = places.data_path;
  const std::filesystem::path build = std::filesystem::is_directory(plugin) ? plugin : plugin.parent_path();
  for (const std::filesystem::path& folder : {build, build.parent_path()}) folders.push_back(folder.string());
  return folders;
}

}  // namespace

PluginFindings check_plugin(const PluginCheckOptions& options, const Places& places,
                            const std::function<void(const contract::Result&)>& told) {
  ContractJob job;
  job.program = places.program;
  const std::filesystem::path plugin = existing(options.plugin);
  job.request = {.plugin = plugin,
                 .components = options.components,
                 .seed = static_cast<std::uint64_t>(options.seed),
                 .plugins = plugin_folders(places.plugin_path),
                 .data = data_folders(plugin, places)};
  job.limit = std::chrono::seconds(options.limit);
  job.memory = kMemory;
  ContractResult result = check_contract_apart(job, told);
  return {std::move(result.results), result.interrupted};
}

void answer_plugin_check(int descriptor, std::optional<int> calls) {
  if (calls) CallPage(*calls).use();
  answer_contract(descriptor);
}

}  // namespace spanlab::host::app
