// SPDX-License-Identifier: MIT
#include <dlfcn.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "files/resources.hpp"
#include "plugin/registry.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host {

namespace {

// Where libspanlab.so itself lies.
std::filesystem::path library_folder() {
  Dl_info found;
  if (!dladdr(reinterpret_cast<const void*>(&plugin_folders), &found)) return {};
  return std::filesystem::weakly_canonical(found.dli_fname).parent_path();
}

}  // namespace

std::filesystem::path own_plugin_folder() { return library_folder() / "spanlab" / "plugins"; }

std::vector<std::filesystem::path> plugin_folders(std::span<const std::string> plugin_path) {
  std::vector<std::filesystem::path> folders;
  std::vector<Problem> problems;
  for (const std::string& entry : plugin_path) {
    if (!std::filesystem::exists(entry))
      problems.push_back({entry, "no such file or folder (named by --plugin-path)"});
    folders.emplace_back(entry);
  }
  if (!problems.empty()) throw Error(ErrorKind::plugin, std::move(problems));
  const char* searched = std::getenv("SPANLAB_PLUGIN_PATH");
  for (std::string_view rest = searched ? searched : ""; !rest.empty();) {
    const std::string_view entry = rest.substr(0, rest.find(':'));
    rest.remove_prefix(std::min(rest.size(), entry.size() + 1));
    if (!entry.empty()) folders.emplace_back(entry);
  }
  if (const std::filesystem::path user = user_folder("XDG_DATA_HOME", ".local/share"); !user.empty())
    folders.push_back(user / "plugins");
  folders.push_back(own_plugin_folder());
  return folders;
}

}  // namespace spanlab::host
