// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "settings/configuration.hpp"
#include "settings/configuration_path.hpp"
#include "spanlab/error.hpp"

// A configuration as it stands in files and in the identity of its trials: one JSON object, nested exactly as
// the paths of the language:
//
//   {"data":    {"name": "conll04", "train": "train", "test": "test", …, "noise": {"rate": 0.0, …}},
//    "encoder": {"component": "bert", "model": "minilm", "frozen": false, …},
//    "entity":  {"view": "default", "depth": 0, …, "head": {"component": "span", …},
//                "sampler": {"component": "uniform", …}, "labeler": {"component": "hard"},
//                "loss": {"classify": {"component": "cross_entropy", …}}},
//    "relation":{"spans": "entity", …},
//    "train":   {"epochs": 20, …}}
//
// A component stands where a key `component` is. Every other top-level key than data, encoder and train is a
// task. Every declared parameter is present; one that is "not set" is null.

namespace spanlab::host {

/// A whole configuration (Configuration::is_whole).
SPANLAB_API nlohmann::json to_json(const Configuration& configuration);

/// A part of one: a value, or an object as above.
SPANLAB_API nlohmann::json to_json(const Part& part);

/// The part as a text of JSON, the same for equal parts.
SPANLAB_API std::string json_text(const Part& part);

/// What `to_json` wrote, also an earlier version of it: parameters that are absent have their defaults.
/// Throws Error(usage) with every component, key and value that is not known.
SPANLAB_API Configuration read_configuration(const nlohmann::json& json, const Registry& registry);

/// The same as far as it can be read: what is wrong is added to the problems, and has its default or is
/// empty.
SPANLAB_API Configuration read_configuration(const nlohmann::json& json, const Registry& registry,
                                             std::vector<Problem>& problems);

}  // namespace spanlab::host
