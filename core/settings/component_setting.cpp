// SPDX-License-Identifier: MIT
#include "settings/component_setting.hpp"

#include <fmt/format.h>

#include "spanlab/error.hpp"

namespace spanlab::host {

namespace {

// A text that the component may have as a parameter; empty if it has none.
std::string text_of(const ComponentSetting& component, std::string_view name) {
  const auto found = component.parameters.values().find(name);
  if (found == component.parameters.values().end()) return "";
  const auto* text = std::get_if<std::string>(&found->second);
  return text ? *text : "";
}

}  // namespace

std::string model_of(const ComponentSetting& component) { return text_of(component, "model"); }

std::optional<ComponentSetting> inner_encoder(const Registry& registry, const ComponentSetting& encoder) {
  const std::string id = text_of(encoder, "context"), model = model_of(encoder);
  const auto is_given = [&](const char* name) {
    const auto found = encoder.parameters.values().find(name);
    return found != encoder.parameters.values().end() && std::holds_alternative<std::string>(found->second);
  };
  if (!is_given("context") || !is_given("model")) return std::nullopt;
  const Schema& schema = registry.info(ComponentKind::encoder, id).schema;
  if (!schema.find("model") || !schema.find("frozen")) {
    throw Error(ErrorKind::usage, "encoder.context",
                fmt::format("the encoder '{}' has no parameters `model` and `frozen`; expected one that can "
                            "stand frozen inside another",
                            id));
  }
  return ComponentSetting{ComponentKind::encoder, id,
                          Parameters(schema, {{"model", model}, {"frozen", true}}, "encoder.context")};
}

}  // namespace spanlab::host
