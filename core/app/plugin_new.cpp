// SPDX-License-Identifier: MIT
#include "app/plugin_new.hpp"

#include <algorithm>
#include <array>

#include "app/version.hpp"
#include "files/new_folder.hpp"
#include "files/resources.hpp"
#include "files/template_files.hpp"
#include "spanlab/error.hpp"
#include "text/names.hpp"
#include "text/terminal_text.hpp"

namespace spanlab::host::app {

namespace fs = std::filesystem;

namespace {

// Targets that a build of CMake's has, whatever is built.
constexpr std::array<std::string_view, 10> kTargets{
    "all", "clean", "depend", "edit_cache", "help", "install", "package", "rebuild_cache", "spanlab", "test"};

// Lower-case words of letters and digits with single '_' between.
bool is_snake_case(std::string_view name) {
  char before = '_';
  for (const char c : name) {
    const bool letter = c >= 'a' && c <= 'z', digit = c >= '0' && c <= '9';
    if (!letter && (before == '_' || (!digit && c != '_'))) return false;
    before = c;
  }
  return before != '_';
}

std::string wrong_component_name(const std::string& name) {
  if (!is_snake_case(name) || name.size() > kLongestName) {
    return fmt::format(
        "'{}': expected a name in small letters, as focal_mine: the source's names are made of it",
        cut(printable(name), 60));
  }
  if (std::ranges::find(kTargets, name) != kTargets.end() || name.starts_with("spanlab_"))
    return fmt::format("'{}' is a target of every build: expected another name", name);
  return "";
}

// FocalMine of focal_mine.
std::string class_name(const std::string& name) {
  std::string result;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name[i] == '_') continue;
    const bool begins = i == 0 || name[i - 1] == '_';
    result += static_cast<char>(begins && name[i] >= 'a' ? name[i] - 'a' + 'A' : name[i]);
  }
  return result;
}

ComponentKind check(const PluginNewOptions& options, const Places& places) {
  std::vector<Problem> problems;
  std::optional<ComponentKind> kind;
  try {
    kind = component_kind(options.kind);
  } catch (const Error& error) {
    problems = error.problems();
  }
  const std::string wrong = wrong_component_name(options.name);
  if (!wrong.empty()) problems.push_back({"", wrong});
  if (kind && wrong.empty()) {
    const Registry registry = load_what_can_be(places);
    if (registry.contains(*kind, options.name)) {
      problems.push_back(
          {"", fmt::format("there is {} '{}' already, in {}: expected another name", options.kind,
                           options.name, registry.plugin_of(*kind, options.name).file.string())});
    }
  }
  if (!problems.empty()) throw Error(ErrorKind::usage, std::move(problems));
  return *kind;
}

// The folder above PREFIX/share/spanlab.
fs::path installation() {
  const fs::path resources = resource_folder();
  return resources.parent_path().filename() == "share" ? resources.parent_path().parent_path() : fs::path();
}

std::vector<NewFile> files_of(const PluginNewOptions& options) {
  const fs::path templates = resource_folder() / "templates/plugin";
  const TemplateWords words{{"my_component", options.name},
                            {"MyComponent", class_name(options.name)},
                            {"my_kind", options.kind},
                            {"my_version", version_line()}};
  std::vector<NewFile> files = read_template(templates / "any", words);
  std::ranges::move(read_template(templates / options.kind, words), std::back_inserter(files));
  return files;
}

}  // namespace

NewPlugin make_plugin(const PluginNewOptions& options, const Places& places) {
  const ComponentKind kind = check(options, places);
  NewPlugin made{kind, options.name, options.folder.value_or(options.name), {}, installation()};
  NewFolder folder(made.folder, "DIR");
  for (const NewFile& file : files_of(options)) {
    folder.write(file.path, file.text);
    made.files.push_back(file.path);
  }
  folder.keep();
  std::ranges::sort(made.files);
  return made;
}

}  // namespace spanlab::host::app
