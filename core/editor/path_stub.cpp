// SPDX-License-Identifier: MIT
// The paths of a study, as fields of classes.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <set>
#include <vector>

#include "editor/lua_types.hpp"
#include "editor/stubs.hpp"
#include "settings/data_settings.hpp"
#include "settings/task_setting.hpp"
#include "settings/train_settings.hpp"

namespace spanlab::host::editor {

namespace {

// What may stand at a path: of several components, the parameters of one name.
struct PathText {
  std::set<std::string> types;
  std::map<std::string, std::vector<std::string>> docs;  // and the components that say so
  std::set<std::string> read_types;                      // as a condition reads it: a component is its id

  std::string doc() const {
    std::string text;
    for (const auto& [doc, ids] : docs) {
      text += text.empty() ? "" : "\n\n";
      text += ids.empty() ? doc : fmt::format("`{}`: {}", fmt::join(ids, "`, `"), doc);
    }
    return text;
  }
};

class Paths {
 public:
  explicit Paths(const Registry& registry) : registry_(registry) {}

  void add_settings(const std::string& above, const Schema& schema) {
    for (const Parameter& parameter : schema.parameters()) {
      add(above + parameter.name, type_of(parameter), doc_of(parameter));
    }
  }

  void add_component(const std::string& path, ComponentKind kind) {
    add(path, class_of(kind), fmt::format("A whole component: `lab.{} \"id\" {{ … }}`.", to_text(kind)));
    paths_[path].read_types = {"string"};
    for (const std::string& id : registry_.ids(kind)) {
      for (const Parameter& parameter : registry_.info(kind, id).schema.parameters()) {
        const std::string below = fmt::format("{}.{}", path, parameter.name);
        add(below, type_of(parameter), doc_of(parameter));
        paths_[below].docs[doc_of(parameter)].push_back(id);
      }
    }
  }

  void add_task(const std::string& name, const std::set<std::string>& outputs) {
    add(name, "spanlab.Task", "A whole task.");
    add_settings(name + '.', task_binding().schema());
    for (const TaskSlot& slot : kTaskSlots) add_component(fmt::format("{}.{}", name, slot.name), slot.kind);
    add(name + ".loss", "table<string, spanlab.Loss>", "The losses of all outputs of the head.");
    for (const std::string& output : outputs) {
      add_component(fmt::format("{}.loss.{}", name, output), ComponentKind::loss);
    }
  }

  // The fields, each of a type that `typed` makes of what may stand there.
  template <typename Typed>
  std::string fields(Typed typed) const {
    std::string lines;
    for (const auto& [path, text] : paths_) lines += field(path, typed(text), text.doc());
    return lines;
  }

 private:
  void add(const std::string& path, const std::string& type, const std::string& doc) {
    PathText& text = paths_[path];
    text.types.insert(type);
    text.docs.try_emplace(doc);
  }

  const Registry& registry_;
  std::map<std::string, PathText> paths_;
};

using Outputs = std::map<std::string, std::set<std::string>>;  // of heads, by their tasks

// The tasks of the models that a module's functions make.
void add_tasks(Outputs& tasks, const ModuleText& module) {
  for (const ModuleEntry& entry : module.entries) {
    const ModuleValue* value =
        entry.function && entry.function->result ? &*entry.function->result : &entry.value;
    const auto made = value->type == "model" ? value->members.find("tasks") : value->members.end();
    if (made == value->members.end()) continue;
    for (const auto& [name, task] : made->second.members) {
      std::set<std::string>& outputs = tasks[name];
      const auto losses = task.members.find("loss");
      if (losses == task.members.end()) continue;
      for (const auto& [output, loss] : losses->second.members) outputs.insert(output);
    }
  }
}

// The outputs that heads say they have, by the choices of the parameter of that role.
std::set<std::string> outputs_of_heads(const Registry& registry) {
  std::set<std::string> outputs;
  for (const std::string& id : registry.ids(ComponentKind::head)) {
    const Parameter* parameter = registry.info(ComponentKind::head, id).schema.find(Role::outputs);
    if (parameter) outputs.insert(parameter->choices.begin(), parameter->choices.end());
  }
  return outputs;
}

Outputs tasks_of(const StubSource& source) {
  Outputs tasks{{"entity", {}}, {"relation", {}}};
  for (const ModuleText& module : source.modules) add_tasks(tasks, module);
  std::set<std::string> outputs = outputs_of_heads(source.registry);
  for (const auto& [name, own] : tasks) outputs.insert(own.begin(), own.end());
  for (auto& [name, own] : tasks) own = outputs;
  return tasks;
}

constexpr const char* kOthers = "---@field [string] any\n";  // paths of tasks with names of their own

}  // namespace

StubFile path_stub(const StubSource& source) {
  Paths paths(source.registry);
  paths.add_settings("train.", train_binding().schema());
  paths.add_settings("data.", data_binding().schema());
  paths.add_settings("data.noise.", noise_binding().schema());
  paths.add_component("encoder", ComponentKind::encoder);
  for (const auto& [name, outputs] : tasks_of(source)) paths.add_task(name, outputs);
  const std::string values = paths.fields([](const PathText& text) { return any_of(text.types); });
  const std::string lists = paths.fields([](const PathText& text) { return list_of(any_of(text.types)); });
  const std::string read = paths.fields(
      [](const PathText& text) { return any_of(text.read_types.empty() ? text.types : text.read_types); });
  return {"spanlab_paths.lua", fmt::format("---@meta _\n{0}\n"
                                           "---Values at some paths: an ablation, a variant, a baseline.\n"
                                           "---@class spanlab.Changes\n{1}{2}\n"
                                           "---What `--profile` has instead.\n"
                                           "---@class spanlab.Profile: spanlab.Changes\n"
                                           "---What varies, in place of the study's space.\n"
                                           "---@field space? spanlab.Space\n"
                                           "---The seeds, in place of the study's.\n"
                                           "---@field seeds? integer[]\n\n"
                                           "---Paths and the values that each takes.\n"
                                           "---@class spanlab.Axes\n{1}{3}\n"
                                           "---A point of a space, as a condition reads it.\n"
                                           "---@class spanlab.Point\n{1}{4}",
                                           kStubMark, kOthers, values, lists, read)};
}

}  // namespace spanlab::host::editor
