// SPDX-License-Identifier: MIT
#include "settings/component_setting.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "spanlab/error.hpp"

namespace spanlab::host {

namespace {

const Schema& schema_of(const Registry& registry, const ComponentSetting& component) {
  return registry.info(component.kind, component.id).schema;
}

// The value of the parameter with this role; null if there is none.
const Value* value_of(const Registry& registry, const ComponentSetting& component, Role role) {
  if (!component.is_set()) return nullptr;
  const Parameter* parameter = schema_of(registry, component).find(role);
  if (!parameter) return nullptr;
  const auto found = component.parameters.values().find(parameter->name);
  return found == component.parameters.values().end() ? nullptr : &found->second;
}

std::string text_of(const Registry& registry, const ComponentSetting& component, Role role) {
  const Value* value = value_of(registry, component, role);
  const auto* text = value ? std::get_if<std::string>(value) : nullptr;
  return text ? *text : "";
}

// What an inner encoder must have: the outer one's model, and weights that stay as they are.
std::map<std::string, Value> over_model(const Schema& schema, const std::string& place, const std::string& id,
                                        const std::string& model) {
  const Parameter* of_model = schema.find(Role::pretrained);
  const Parameter* frozen = schema.find(Role::frozen);
  if (!of_model || !frozen) {
    throw Error(
        ErrorKind::usage, place,
        fmt::format("the encoder '{}' cannot stand frozen inside another: expected one with parameters "
                    "of the roles pretrained and frozen",
                    id));
  }
  return {{of_model->name, model}, {frozen->name, true}};
}

}  // namespace

std::string model_of(const Registry& registry, const ComponentSetting& component) {
  return text_of(registry, component, Role::pretrained);
}

bool is_frozen(const Registry& registry, const ComponentSetting& component) {
  const Value* value = value_of(registry, component, Role::frozen);
  return value && *value == Value(true);
}

std::optional<InnerSetting> inner_of(const Registry& registry, const ComponentSetting& outer) {
  const std::string id = text_of(registry, outer, Role::component);
  if (id.empty()) return std::nullopt;
  const Schema& schema = schema_of(registry, outer);
  const Parameter& parameter = *schema.find(Role::component);
  const std::string place = fmt::format("{}.{}", to_text(outer.kind), parameter.name);
  std::map<std::string, Value> given;
  if (schema.find(Role::pretrained)) {
    const std::string model = model_of(registry, outer);
    if (model.empty()) return std::nullopt;
    given = over_model(registry.info(outer.kind, id).schema, place, id, model);
  }
  return InnerSetting{parameter.name,
                      {outer.kind, id, Parameters(registry.info(outer.kind, id).schema, given, place)}};
}

std::vector<ComponentSetting> nested_components(const Registry& registry, const ComponentSetting& outermost) {
  std::vector<ComponentSetting> all{outermost};
  while (std::optional<InnerSetting> inner = inner_of(registry, all.back())) {
    if (std::ranges::find(all, inner->setting.id, &ComponentSetting::id) != all.end()) {
      throw Error(
          ErrorKind::usage, fmt::format("{}.{}", to_text(outermost.kind), inner->parameter),
          fmt::format("the {} '{}' would stand inside itself", to_text(outermost.kind), inner->setting.id));
    }
    all.push_back(std::move(inner->setting));
  }
  return all;
}

}  // namespace spanlab::host
