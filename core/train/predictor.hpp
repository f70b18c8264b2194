// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "data/card.hpp"
#include "plugin/registry.hpp"
#include "settings/configuration.hpp"

namespace spanlab::host {

/// A stored model, ready to annotate sentences.
class SPANLAB_API Predictor {
 public:
  /// Throws Error(data) if `model` (a model.safetensors) or its pretrained encoder cannot be read,
  /// Error(environment) if there is no such device.
  Predictor(const std::filesystem::path& model, const Registry& registry, const CardIndex& cards,
            const std::string& device, int threads);
  ~Predictor();

  /// The configuration of the trial that stored the model, as the model's file has it.
  const Configuration& configuration() const;

  /// The label inventory of the first view, for reading input.
  const Inventory& inventory() const;

  /// One line per sentence, in the form of predictions files (records/predictions.hpp); a model with several
  /// span tasks has entities and relations under the name of each.
  std::vector<std::string> predict(std::span<const Sentence> sentences);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace spanlab::host
