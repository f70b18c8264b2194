// SPDX-License-Identifier: MIT
#pragma once

#include "sdk/context_state.hpp"
#include "settings/component_setting.hpp"

namespace spanlab::host {

/// Builds what stands in a slot, from the inside out: `build` makes one component of its setting and its
/// setup, whose `inner` is made already. What draws numbers inside draws from a split of its own.
template <typename Setup, typename Build>
auto build_nested(const Registry& registry, const ComponentSetting& setting, Setup setup, const Build& build)
    -> decltype(build(setting, setup)) {
  nested_components(registry, setting);  // throws where one would stand inside itself
  if (const std::optional<InnerSetting> inner = inner_of(registry, setting)) {
    Setup own = setup;
    own.context = context_inside(setup.context, inner->parameter);
    if constexpr (requires { setup.generator; }) {
      const Generator whole = setup.generator;
      setup.generator = whole.split("inner");  // the one that the setup refers to, for the time being
      setup.inner = build_nested(registry, inner->setting, own, build);
      setup.generator = whole;
    } else {
      setup.inner = build_nested(registry, inner->setting, own, build);
    }
  }
  return build(setting, setup);
}

}  // namespace spanlab::host
