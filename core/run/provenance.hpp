// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "data/card.hpp"
#include "plugin/registry.hpp"
#include "store/run_store.hpp"

namespace spanlab::host {

/// One hash over this program's file and the library of the core, as they are on disk now: what a rebuild
/// changes.
SPANLAB_API std::string program_identity();

/// The processor's model; `unknown` where the system does not say it.
SPANLAB_API std::string processor_name();

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

/// The plugins of the trial's components whose code is another than `then`, by their names
/// (RunStore::plugin_code), though the component declares that its results are the same. Sorted; a plugin of
/// which nothing is known is none of them.
SPANLAB_API std::vector<std::string> rebuilt_plugins(const PlannedTrial& trial, const Registry& registry,
                                                     const std::map<std::string, std::string>& then);

/// How a trial is computed, as text of JSON: versions, hashes of the files, threads, processor and its
/// instruction set, device.
SPANLAB_API std::string provenance(const Registry& registry, const std::string& device, int threads);

}  // namespace spanlab::host
