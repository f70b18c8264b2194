// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plugin/registry.hpp"
#include "spanlab/parameters.hpp"

namespace spanlab::host {

/// What stands in a component slot.
struct ComponentSetting {
  ComponentKind kind = ComponentKind::encoder;
  std::string id;  ///< empty: nothing, in a configuration that could not be built
  Parameters parameters;

  bool is_set() const { return !id.empty(); }

  friend bool operator==(const ComponentSetting&, const ComponentSetting&) = default;
};

/// The pretrained model that a component names by its parameter of that role; empty if it names none.
SPANLAB_API std::string model_of(const Registry& registry, const ComponentSetting& component);

/// Whether it is an encoder whose weights stay as they are, by its parameter of that role.
SPANLAB_API bool is_frozen(const Registry& registry, const ComponentSetting& component);

/// A component inside another one.
struct InnerSetting {
  std::string parameter;  ///< of the outer one, which names it
  ComponentSetting setting;
};

/// What stands inside a component (Schema::component): by its defaults, but for an encoder over the same
/// pretrained model as the outer one, and frozen. Nothing if the component names none. Throws Error(usage)
/// if it is unknown, or is an encoder that cannot be frozen.
SPANLAB_API std::optional<InnerSetting> inner_of(const Registry& registry, const ComponentSetting& outer);

/// The component and all that stands inside it, from the outside in. Throws as inner_of(), and Error(usage)
/// if one would stand inside itself.
SPANLAB_API std::vector<ComponentSetting> nested_components(const Registry& registry,
                                                            const ComponentSetting& outermost);

}  // namespace spanlab::host
