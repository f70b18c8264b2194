// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "components.hpp"
#include "model/predict.hpp"
#include "model/setup.hpp"
#include "parity/systems.hpp"
#include "spanlab/tensors_file.hpp"
#include "train/step.hpp"
#include "host.hpp"

namespace spanlab::test {

/// A model as `config` describes it, with the weights of `layers` (names of the fixtures) over its encoder's;
/// null if it names an encoder that is not at hand. `folder` is where the config's relative paths start.
std::shared_ptr<Model> spert_model(const nlohmann::json& config, const std::filesystem::path& folder,
                                   const NamedTensors& layers, Precision precision = Precision::float32);

/// The parameter that the fixtures call `name`; undefined if there is none.
at::Tensor parameter_of(const Model& model, const std::string& name);

/// What a trajectory's steps show: called with the step's number from 0, its batch and samples before the
/// gradients are found, with the losses and the optimiser when they stand, and with the norm after the
/// update.
struct TrajectoryEvents {
  std::function<void(std::size_t, const Batch&, std::span<const SentenceSample>)> begin;
  std::function<void(std::size_t, const StepLosses&, const Optimizer&)> gradients;
  std::function<void(std::size_t, double norm, double rate)> end;
};

/// The model of a training run's folder after its last step, through the code that trains; null if its
/// encoder is not at hand.
std::shared_ptr<Model> run_trajectory(const std::filesystem::path& folder, const TrajectoryEvents& events,
                                      const std::function<void(Model&)>& begin = {},
                                      Precision precision = Precision::float32);

}  // namespace spanlab::test
