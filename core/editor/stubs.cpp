// SPDX-License-Identifier: MIT
#include "editor/stubs.hpp"

#include <fmt/format.h>

#include <set>

#include "editor/lua_types.hpp"
#include "editor/words.hpp"
#include "settings/data_settings.hpp"
#include "settings/task_setting.hpp"
#include "settings/train_settings.hpp"
#include "store/report_request.hpp"

namespace spanlab::host::editor {

namespace {

std::string any_word(std::span<const std::string_view> words) {
  std::set<std::string> literals;
  for (const std::string_view word : words) literals.insert(literal(word));
  return any_of(literals);
}

// Classes are divided by empty lines: a language server takes a block of comment for one thing.
std::string new_class(const std::string& name, std::string_view doc) {
  return fmt::format("\n{}---@class {}\n", comment(doc), name);
}

template <std::size_t kCount>
std::string word_fields(const Word (&words)[kCount], std::initializer_list<std::string_view> needed) {
  std::string lines;
  for (const Word& word : words) {
    const bool must_be = std::ranges::find(needed, word.name) != needed.end();
    lines += must_be ? needed_field(word.name, word.type, word.text) : field(word.name, word.type, word.text);
  }
  return lines;
}

}  // namespace

StubFile component_stub(const Registry& registry) {
  std::string text = fmt::format("---@meta _\n{}", kStubMark);
  for (ComponentKind kind : kComponentKinds) {
    if (kind == ComponentKind::reader) continue;  // it stands in cards, not in scripts
    for (const std::string& id : registry.ids(kind)) {
      const ComponentInfo& info = registry.info(kind, id);
      text += new_class(class_of(kind, id), fmt::format("{}/{}: {}", to_text(kind), id, info.summary));
      text += fields(info.schema);
    }
  }
  return {"spanlab_components.lua", std::move(text)};
}

StubFile setting_stub() {
  std::string text = fmt::format("---@meta _\n{}", kStubMark);
  text += new_class("spanlab.StudyParts", "What `lab.study \"name\"` is given.");
  text += word_fields(kStudyWords, {"data", "model"});
  text += new_class("spanlab.ModelParts", "What `lab.model` is given.");
  text += needed_field("encoder", "spanlab.Encoder", "lab.encoder \"id\" { … }: turns sentences into states");
  text += needed_field("tasks", "table<string, spanlab.Task>",
                       "{ name = lab.task { … } }: paths of a task begin with its name");
  text += new_class("spanlab.TaskParts", "What `lab.task` is given.");
  text += word_fields(kSlotWords, {"head", "loss", "sampler", "labeler"});
  text += fields(task_binding().schema());
  text += new_class("spanlab.DataParts", "What `lab.data \"name\"` is given.");
  for (const Parameter& parameter : data_binding().schema().parameters()) {
    if (parameter.name != "name") text += field(parameter.name, type_of(parameter), doc_of(parameter));
  }
  text += field("noise", "spanlab.Noise", "Errors put into the labels.");
  text += new_class("spanlab.Noise", "Errors put into the labels.") + fields(noise_binding().schema());
  text += new_class("spanlab.Train", "The settings of the training.") + fields(train_binding().schema());
  text += new_class("spanlab.Report", "What the tables of a report compare and show.");
  text += field("baseline", "spanlab.Changes", "The row that others are compared with: its values.");
  text += field("metrics", "spanlab.Score[]", "The scores that tables and charts show.");
  text += field("claim", any_word(claim_names()),
                "What a comparison is to hold for: new seeds, new texts or both.");
  text += field("family", any_word(family_names()), "Comparisons that Holm's correction takes together.");
  text += field("margin", "number", "The smallest difference that matters in practice, in points.");
  text += field("effects", list_of(any_word(effect_names())), "Effect sizes beside each comparison.");
  text +=
      field("names", "table<string, string>", "What tables of the paper call a score, a factor or a row.");
  text += field("columns", "string[]", "The factors and scores of the paper's tables; all unless given.");
  return {"spanlab_settings.lua", std::move(text)};
}

std::vector<StubFile> make_stubs(const StubSource& source) {
  std::vector<StubFile> files{language_stub(source), component_stub(source.registry), setting_stub(),
                              path_stub(source)};
  for (const ModuleText& module : source.modules) files.push_back(module_stub(module));
  return files;
}

}  // namespace spanlab::host::editor
