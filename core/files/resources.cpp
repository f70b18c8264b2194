// SPDX-License-Identifier: MIT
#include "files/resources.hpp"

#include <dlfcn.h>

#include <cstdlib>

#include "spanlab/error.hpp"

namespace spanlab::host {

namespace fs = std::filesystem;

namespace {
bool holds_resources(const fs::path& folder) { return fs::is_directory(folder / "datasets/models"); }
}  // namespace

fs::path resource_folder() {
  Dl_info info{};
  if (!dladdr(reinterpret_cast<const void*>(&holds_resources), &info) || !info.dli_fname) {
    throw Error(ErrorKind::environment, "", "cannot find out where libspanlab lies");
  }
  const fs::path library = fs::canonical(info.dli_fname);
  // Build folders lie in the checkout (build/lib), libraries in PREFIX/lib or PREFIX/lib/<architecture>.
  fs::path folder = library.parent_path();
  for (int level = 0; level < 4 && folder.has_relative_path(); ++level, folder = folder.parent_path()) {
    if (holds_resources(folder / "share/spanlab")) return folder / "share/spanlab";
    if (holds_resources(folder)) return folder;
  }
  throw Error(ErrorKind::environment, library.string(),
              "found neither share/spanlab nor a checkout (folder datasets/models) above this library; "
              "install it, or build "
              "in a folder of the checkout");
}

fs::path user_folder(const char* variable, std::string_view fallback) {
  const char* given = std::getenv(variable);
  if (given && *given) return fs::path(given) / "spanlab";
  const char* home = std::getenv("HOME");
  return home && *home ? fs::path(home) / fallback / "spanlab" : fs::path();
}

}  // namespace spanlab::host
