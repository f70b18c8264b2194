// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "plugin/registry.hpp"
#include "store/run_store.hpp"

namespace spanlab {

/// One hash over this program's file and the library of the core, as they are on disk now: what a rebuild changes.
SPANLAB_API std::string program_identity();

/// Throws Error(plugin) naming every component whose code, and Error(data) naming every file whose content, is not the one that the
/// trial's identity was made from.
SPANLAB_API void check_identity(const PlannedTrial& trial, const Registry& registry);

/// How a trial is computed: versions, hashes of the files, threads, processor and its instruction set, device.
SPANLAB_API nlohmann::json provenance(const Registry& registry, const std::string& device, int threads);

}  // namespace spanlab
