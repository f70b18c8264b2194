// SPDX-License-Identifier: MIT
// The functions of the language, as `require "spanlab"` gives them.
#include <fmt/format.h>

#include "editor/lua_types.hpp"
#include "editor/stubs.hpp"

namespace spanlab::host::editor {

namespace {

constexpr const char* kBegin = R"(
---What `require "spanlab"` gives.
---@class spanlab.Lab
local lab = {}

---What `lab.data` gives.
---@class spanlab.Data

---What `lab.task` gives.
---@class spanlab.Task

---What `lab.model` gives, and recipes.
---@class spanlab.Model

---What a script returns.
---@class spanlab.Study

---A list of points, each of which gives values to some paths.
---@class spanlab.Space
local Space = {}

---Keeps the points for which the function gives `true`.
---@param condition fun(point: spanlab.Point): boolean
---@return spanlab.Space
function Space:where(condition) end

---In a product: the space is there only beside these values of what stands to its left.
---@param condition spanlab.Changes|fun(point: spanlab.Point): boolean
---@return spanlab.Space
function Space:when(condition) end

---Takes so many of the points, drawn by the seed.
---@param number integer
---@param seed integer
---@return spanlab.Space
function Space:sample(number, seed) end
)";

constexpr const char* kEnd = R"(
---A study: `lab.study "name" { … }` is what a script returns.
---@param name string
---@return fun(parts: spanlab.StudyParts): spanlab.Study
function lab.study(name) end

---A model: an encoder and named tasks over it.
---@param parts spanlab.ModelParts
---@return spanlab.Model
function lab.model(parts) end

---A task, under a name of its own in a model's `tasks`.
---@param parts spanlab.TaskParts
---@return spanlab.Task
function lab.task(parts) end

---Every combination of the values that are listed for each path.
---@param axes spanlab.Axes|spanlab.Axes[]
---@return spanlab.Space
function lab.grid(axes) end

---Values side by side: the first of each path, then the second of each.
---@param axes spanlab.Axes|spanlab.Axes[]
---@return spanlab.Space
function lab.zip(axes) end

---Every combination of the points of several spaces.
---@param spaces spanlab.Space[]
---@return spanlab.Space
function lab.product(spaces) end

---The points of one space, then those of the next.
---@param spaces spanlab.Space[]
---@return spanlab.Space
function lab.union(spaces) end

---Named sets of changes side by side: `lab.variants "what" { { ["name"] = { … } }, … }`.
---@param name string
---@return fun(sets: table<string, spanlab.Changes>|table<string, spanlab.Changes>[]): spanlab.Space
function lab.variants(name) end

---Keeps the points for which the function gives `true`, as `space:where(…)`.
---@param space spanlab.Space
---@param condition fun(point: spanlab.Point): boolean
---@return spanlab.Space
function lab.where(space, condition) end

---In a product: the space is there only beside these values, as `space:when(…)`.
---@param space spanlab.Space
---@param condition spanlab.Changes|fun(point: spanlab.Point): boolean
---@return spanlab.Space
function lab.when(space, condition) end

---Takes so many of the points, drawn by the seed, as `space:sample(…)`.
---@param space spanlab.Space
---@param number integer
---@param seed integer
---@return spanlab.Space
function lab.sample(space, number, seed) end

---In a function of a recipe: the defaults, replaced by what the caller gave. Other names are refused.
---@param given? table
---@param defaults table
---@return table<string, any>
function lab.options(given, defaults) end

return lab
)";

constexpr const char* kScores[] = {
    "entity.f1",
    "entity.precision",
    "entity.recall",
    "entity.macro.f1",
    "relation.strict.f1",
    "relation.strict.precision",
    "relation.strict.recall",
    "relation.strict.macro.f1",
    "relation.boundary.f1",
    "relation.boundary.precision",
    "relation.boundary.recall",
    "relation.boundary.macro.f1",
    "spans.f1",
    "spans.precision",
    "spans.recall",
    "spans.false_positives.iou_50.rate",
    "spans.false_positives.iou_75.rate",
};

struct KindText {
  ComponentKind kind;
  const char* doc;
};
constexpr KindText kKinds[] = {
    {ComponentKind::encoder, "What turns sentences into states."},
    {ComponentKind::head, "What scores candidates."},
    {ComponentKind::loss, "What a head's output costs; one for each output of the head."},
    {ComponentKind::sampler, "Which candidates training and evaluation see."},
    {ComponentKind::labeler, "What the candidates' targets are."},
};

// `lab.encoder`: for each id a call of its own, so that its table has its parameters.
std::string function_text(const Registry& registry, const KindText& text) {
  const std::string made = class_of(text.kind);
  std::string lines = fmt::format("\n{}---@class {}\n\n{}", comment(text.doc), made, comment(text.doc));
  lines += "---\n";
  for (const std::string& id : registry.ids(text.kind)) {
    lines += fmt::format("---* `{}`: {}\n", id, registry.info(text.kind, id).summary);
  }
  for (const std::string& id : registry.ids(text.kind)) {
    lines += fmt::format("---@overload fun(id: {}): fun(parameters: {}): {}\n", literal(id),
                         class_of(text.kind, id), made);
  }
  return lines + fmt::format(
                     "---@param id string\n---@return fun(parameters: table<string, any>): {}\n"
                     "function lab.{}(id) end\n",
                     made, to_text(text.kind));
}

std::string data_text(const std::vector<std::string>& names) {
  std::string lines = "\n---The data set, by the name of its card, and its splits.\n";
  for (const std::string& name : names) {
    lines += fmt::format("---@overload fun(name: {}): fun(parts: spanlab.DataParts): spanlab.Data\n",
                         literal(name));
  }
  return lines +
         "---@param name string\n---@return fun(parts: spanlab.DataParts): spanlab.Data\n"
         "function lab.data(name) end\n";
}

// A text that is often one of these.
template <typename Names>
std::string name_text(const std::string& alias, std::string_view doc, const Names& names) {
  std::string lines = fmt::format("\n{}---@alias {}\n", comment(doc), alias);
  for (const auto& name : names) lines += fmt::format("---| {}\n", literal(name));
  return lines + "---| string\n";
}

}  // namespace

StubFile language_stub(const StubSource& source) {
  std::string text = fmt::format("---@meta spanlab\n{}{}", kStubMark, kBegin);
  for (const KindText& kind : kKinds) text += function_text(source.registry, kind);
  for (const KindText& kind : kKinds) {
    text += name_text(class_of(kind.kind) + "Name", "The id of a component.", source.registry.ids(kind.kind));
  }
  text += name_text("spanlab.PretrainedName", "A pretrained encoder, by its card.", source.model_names);
  text +=
      name_text("spanlab.Score", "A score; on data of several views its path begins with the view.", kScores);
  return {"spanlab.lua", text + data_text(source.data_names) + kEnd};
}

}  // namespace spanlab::host::editor
