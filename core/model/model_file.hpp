// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <memory>

#include "model/setup.hpp"
#include "spanlab/tensors_file.hpp"

namespace spanlab::host {

/// Stores what training changed (frozen weights stay with their pretrained model) in a .safetensors file, and
/// beside it, as the metadata entry `model`, all that is needed to build the model again: configuration,
/// views and label inventories, vocabulary.
SPANLAB_API void save_model(const Model& model, const Configuration& configuration,
                            const std::filesystem::path& file);

/// A stored model's description.
struct ModelDescription {
  Configuration configuration;
  Labels labels;
  std::string vocabulary;
};

/// Throws Error(data) if the file is no stored model, and as read_configuration.
SPANLAB_API ModelDescription read_description(const std::filesystem::path& file, const Registry& registry);

/// Builds the model again, as `known` (its own description, perhaps with other settings) says; `model` as in
/// ModelSetup. Throws Error(data) naming missing, superfluous or misshaped tensors.
SPANLAB_API std::shared_ptr<Model> load_model(const std::filesystem::path& file,
                                              const ModelDescription& known, const Registry& registry,
                                              const PretrainedModel& model);

/// Copies `tensors` into the model's parameters and buffers of these names. Throws Error(data) with every
/// tensor that is missing (of trained_state()), superfluous, misshaped or of another number type; `place`
/// goes into the message.
SPANLAB_API void set_parameters(Model& model, const NamedTensors& tensors, const std::string& place);

/// How many numbers are trained in each part of the model (`encoder.char`, `entity.tower`, `entity.head`, …);
/// parts without any are left out.
SPANLAB_API std::map<std::string, std::int64_t> parameter_counts(const Model& model);

/// The trained parameters by name, sharing the model's memory.
SPANLAB_API NamedTensors trained_parameters(const Model& model);

/// All that has to be stored: these, the registered buffers of what is not frozen, but for rounded copies of
/// weights, and what is frozen where no pretrained model has it.
SPANLAB_API NamedTensors trained_state(const Model& model);

}  // namespace spanlab::host
