// SPDX-License-Identifier: MIT
#pragma once

#include <torch/nn/module.h>

#include <memory>
#include <string>
#include <vector>

#include "contract/scene.hpp"
#include "data/card.hpp"
#include "plugin/registry.hpp"
#include "sdk/context_state.hpp"
#include "settings/component_setting.hpp"
#include "spanlab/precision.hpp"
#include "spanlab/tensors_file.hpp"

// Components of all kinds behind one interface, so that an item of the suite is written once.

namespace spanlab::host::suite {

/// Where components and what they need are found.
struct Surroundings {
  const Registry& registry;
  const CardIndex& cards;
  std::filesystem::path scratch;  ///< a folder for files of the suite, which has the made-up model
  std::uint64_t seed = 1;
  std::shared_ptr<TrialContext> trial = {};  ///< what components are told, and that all numbers are looked at
};

/// Thrown where a component says that it is not for a setting or a use.
struct Refused {
  std::string why;
};

/// What a component answers, all of it as tensors.
struct Answer {
  NamedTensors values;  ///< floating-point numbers that gradients go through
  NamedTensors others;

  NamedTensors all() const;
};

/// What a component may be for: candidates of a kind, and for a loss so many columns of scores.
struct Use {
  std::string name = {};  ///< `pairs, 3 columns`; empty where there is one use only
  HeadKind kind = HeadKind::spans;
  std::int64_t columns = 0;
};

/// A component that stands.
class Built {
 public:
  virtual ~Built() = default;

  /// What the host asks of it in a step (training) or of a batch (evaluation).
  virtual Answer answer(const Scene& scene, Pass& pass) = 0;
  /// What it decides in evaluation besides; nothing where it decides nothing.
  virtual NamedTensors decide(const Scene&, Pass&) { return {}; }
  /// Null where it has no weights.
  virtual torch::nn::Module* module() { return nullptr; }
  /// What is stored beside the weights.
  virtual std::string vocabulary() const { return {}; }
  /// Leaves that its answers are computed from.
  virtual std::vector<at::Tensor> inputs(const Scene&) { return {}; }
  /// How many candidates, units or sentences an answer is about.
  virtual std::int64_t size(const Scene& scene) = 0;
};

/// What a component is built from.
struct Order {
  const Parameters& parameters;
  Use use;
  std::uint64_t seed;                       ///< of initial weights
  const std::string* vocabulary = nullptr;  ///< of a stored one; null for a fresh one
  Precision precision = Precision::float32;
};

/// A component to be checked.
class Subject {
 public:
  Subject(const Surroundings& around, ComponentKind kind, std::string id)
      : around(around), kind(kind), id(std::move(id)) {}
  virtual ~Subject() = default;
  Subject(const Subject&) = delete;

  virtual std::vector<Use> uses() const { return {Use()}; }
  /// Throws Refused if it says by Error(usage), or by Loss::accepts(), that it is not for this.
  std::unique_ptr<Built> build(const Order& order) const;
  /// As it stands in a configuration.
  ComponentSetting setting(const Order& order) const { return {kind, id, order.parameters}; }
  const ComponentInfo& info() const { return around.registry.info(kind, id); }

  const Surroundings& around;
  const ComponentKind kind;
  const std::string id;

 private:
  virtual std::unique_ptr<Built> make(const Order& order) const = 0;
};

/// The component of that name.
std::unique_ptr<Subject> subject(const Surroundings& around, ComponentKind kind, const std::string& id);

std::unique_ptr<Subject> encoder_subject(const Surroundings& around, const std::string& id);
std::unique_ptr<Subject> head_subject(const Surroundings& around, const std::string& id);
std::unique_ptr<Subject> loss_subject(const Surroundings& around, const std::string& id);
std::unique_ptr<Subject> sampler_subject(const Surroundings& around, const std::string& id);
std::unique_ptr<Subject> labeler_subject(const Surroundings& around, const std::string& id);
std::unique_ptr<Subject> reader_subject(const Surroundings& around, const std::string& id);

/// Asks about a few words: what a component is not for, and does not override, it says by Error(usage).
void try_out(Built& built);

/// The three kinds of candidates, as uses.
std::vector<Use> kind_uses();

}  // namespace spanlab::host::suite
