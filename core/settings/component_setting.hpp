// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

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

/// The pretrained model that a component names by its parameter `model`; empty if it names none.
SPANLAB_API std::string model_of(const ComponentSetting& component);

/// What the encoder reads the features of (EncoderSetup::inner): the encoder that its parameter `context`
/// names, frozen, over the same `model`. Nothing if it names none or no model. Throws Error(usage) if that
/// one is unknown or cannot be frozen.
SPANLAB_API std::optional<ComponentSetting> inner_encoder(const Registry& registry,
                                                          const ComponentSetting& encoder);

}  // namespace spanlab::host
