// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "plugin/registry.hpp"
#include "spanlab/parameters.hpp"

// A resolved configuration is one JSON object, nested exactly as the paths of the language:
//
//   {"data":    {"name": "conll04", "train": "train", "test": "test", …},
//    "encoder": {"component": "bert", "model": "minilm", "frozen": false, …},
//    "entity":  {"view": "default", "depth": 0, …, "head": {"component": "span", …}, "sampler": {"component":
//    "uniform", …},
//                "labeler": {"component": "hard"}, "loss": {"classify": {"component": "cross_entropy", …}}},
//    "relation":{"spans": "entity", …},
//    "train":   {"epochs": 20, …}}
//
// A component stands where a key `component` is. Every other top-level key than data, encoder and train is a
// task. Every declared parameter is present; a parameter that is "not set" is null.

namespace spanlab {

/// A component slot of a configuration, read and checked.
struct ComponentChoice {
  ComponentKind kind;
  std::string id;
  Parameters parameters;
};

/// Reads the slot `node` of `kind`. `place` (a path) goes into messages. Throws Error(usage) with every
/// problem.
SPANLAB_API ComponentChoice read_component(const Registry& registry, ComponentKind kind,
                                           const nlohmann::json& node, const std::string& place);

/// Values of `schema` from the scalar members of `node`; members named in `slots` are left out (they are
/// components).
SPANLAB_API Parameters read_parameters(const Schema& schema, const nlohmann::json& node,
                                       const std::string& place, std::span<const std::string> slots = {});

/// What the encoder in the slot `node` reads the features of (EncoderSetup::inner): the encoder that its
/// parameter `context` names, frozen, over the same `model`. Nothing if it names none or no model. Throws
/// Error(usage) if that one is unknown or cannot be frozen.
SPANLAB_API std::optional<ComponentChoice> inner_encoder(const Registry& registry,
                                                         const nlohmann::json& node);

/// The names of the tasks, sorted.
SPANLAB_API std::vector<std::string> task_names(const nlohmann::json& configuration);

/// JSON of a parameter value, and back as far as JSON tells the types (`fit` does the rest).
SPANLAB_API nlohmann::json to_json(const Value& value);
SPANLAB_API Value from_json(const nlohmann::json& node);

}  // namespace spanlab
