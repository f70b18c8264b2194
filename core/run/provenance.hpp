// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "data/card.hpp"
#include "plugin/registry.hpp"
#include "settings/configuration.hpp"
#include "store/run_store.hpp"

namespace spanlab::host {

/// One hash over this program's file and the library of the core, as they are on disk now: what a rebuild
/// changes.
SPANLAB_API std::string program_identity();

/// The processor's model; `unknown` where the system does not say it.
SPANLAB_API std::string processor_name();

/// The trial's configuration; nothing where a plugin of it is not at hand, or has other parameters by now.
SPANLAB_API std::optional<Configuration> readable_configuration(const PlannedTrial& trial,
                                                                const Registry& registry);

/// Throws where the trial's identity is not the one that its configuration has here and now: code of
/// components, content of data, pretrained model and files as the cards name it, number type, and the device
/// that it is to run on. Every difference is named with both sums and the way on, in Error(plugin) if a
/// component is among them, else Error(data), else Error(usage).
SPANLAB_API void check_identity(const PlannedTrial& trial, const Registry& registry, const CardIndex& cards,
                                const std::string& device);

/// The same for a model that the trial left, of what is read again where it is used: components, pretrained
/// model, and those files that are still there (whoever needs one that is not says so).
SPANLAB_API void check_stored_model(const PlannedTrial& trial, const Registry& registry,
                                    const CardIndex& cards);

/// The plugins of the trial's components whose code is not the one that its environment.json names, though
/// the component declares that its results are the same. Sorted; empty where nothing is known.
SPANLAB_API std::vector<std::string> rebuilt_plugins(const PlannedTrial& trial, const Registry& registry,
                                                     const nlohmann::json& environment);

/// How a trial is computed: versions, hashes of the files, threads, processor and its instruction set,
/// device.
SPANLAB_API nlohmann::json provenance(const Registry& registry, const std::string& device, int threads);

}  // namespace spanlab::host
