// SPDX-License-Identifier: MIT
#include "app/lua_stubs.hpp"

#include "editor/stubs.hpp"
#include "files/files.hpp"
#include "lua/script.hpp"

namespace spanlab::host::app {

namespace fs = std::filesystem;

namespace {

editor::StubSource source_of(const Registry& registry, const CardIndex& cards, const Notes& notes) {
  editor::StubSource source{registry, cards.data_names(), cards.model_names(), {}};
  std::vector<Problem> problems;
  for (const fs::path& folder : script_folders()) {
    for (ModuleText& module : describe_modules(folder, problems)) source.modules.push_back(std::move(module));
  }
  for (const Problem& problem : problems) notes("left out: " + problem.place + ": " + problem.message);
  return source;
}

// Where the files belong, if no file of another hand is there.
std::vector<std::string> paths_of(const fs::path& folder, const std::vector<editor::StubFile>& files) {
  std::vector<std::string> paths;
  std::vector<Problem> problems;
  for (const editor::StubFile& file : files) {
    const fs::path path = folder / file.name;
    paths.push_back(path.string());
    if (fs::exists(path) && read_file(path).find(editor::kStubMark) == std::string::npos) {
      problems.push_back({path.string(),
                          "was not written by `spanlab lua-stubs` and is left alone; expected "
                          "a folder without such a file"});
    }
  }
  if (!problems.empty()) throw Error(ErrorKind::usage, std::move(problems));
  return paths;
}

}  // namespace

std::vector<std::string> write_lua_stubs(const LuaStubsOptions& options, const Places& places,
                                         const Notes& notes) {
  const Registry registry = load_registry(places);
  const CardIndex cards = load_cards(places, registry);
  const std::vector<editor::StubFile> files = editor::make_stubs(source_of(registry, cards, notes));
  std::vector<std::string> paths = paths_of(options.folder, files);
  make_folder(options.folder);
  for (std::size_t i = 0; i < files.size(); ++i) {
    replace_file(paths[i], files[i].text, Durability::synced);
  }
  return paths;
}

}  // namespace spanlab::host::app
