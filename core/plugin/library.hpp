// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <variant>
#include <vector>

#include "plugin/registry.hpp"

namespace spanlab::host {

/// Builds components of one kind; the alternatives stand in the order of ComponentKind.
using Factory =
    std::variant<EncoderFactory, HeadFactory, LossFactory, SamplerFactory, LabelerFactory, ReaderFactory>;

/// What a plugin registered.
struct Registration {
  ComponentInfo info;
  Factory factory;

  ComponentKind kind() const { return static_cast<ComponentKind>(factory.index()); }
};

/// Reads the record of the library, compares it with this program's, loads the library (for good) and lets it
/// register. `file` takes name, version, author and hash as soon as they are known. Throws Error(plugin) with
/// the reason of a refusal; until the record has been found equal, none of the library's code runs.
std::vector<Registration> load_library(PluginFile& file);

}  // namespace spanlab::host
