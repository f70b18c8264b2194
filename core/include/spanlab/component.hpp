// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "spanlab/component_kind.hpp"
#include "spanlab/parameters.hpp"

namespace spanlab {

class Encoder;
class Head;
class Loss;
class Reader;
class Sampler;
class SoftLabeler;
struct EncoderSetup;
struct HeadSetup;
struct LabelerSetup;
struct LossSetup;
struct SamplerSetup;

/// A component as it presents itself. `id` is unique within its kind.
struct ComponentInfo {
  std::string id;
  /// One line.
  std::string summary;
  Schema schema;
  /// Raised when results change; 0: the library's code itself stands for the version. A reader's version 1 is
  /// what its id stands for.
  int results_version = 0;
  /// Of an encoder: its products can be rounded, see Encoder::rounded_weights().
  bool bf16 = false;
  /// Of a reader: whether its files may hold several views.
  bool views = false;
  /// Of a reader: the further files that each split has, by the names that a card has for them.
  std::vector<std::string> beside = {};
  /// The version of the plugin that had it first, as `0.3.0`; empty: every version.
  std::string since = {};
};

using EncoderFactory = std::function<std::shared_ptr<Encoder>(const Parameters&, const EncoderSetup&)>;
using HeadFactory = std::function<std::shared_ptr<Head>(const Parameters&, const HeadSetup&)>;
using LossFactory = std::function<std::shared_ptr<Loss>(const Parameters&, const LossSetup&)>;
using SamplerFactory = std::function<std::shared_ptr<Sampler>(const Parameters&, const SamplerSetup&)>;
using LabelerFactory = std::function<std::shared_ptr<SoftLabeler>(const Parameters&, const LabelerSetup&)>;
using ReaderFactory = std::function<std::shared_ptr<Reader>(const Parameters&)>;

/// Where a plugin says what it offers. Owned by the host; valid during registration only.
class SPANLAB_API Registrar {
 public:
  virtual ~Registrar();
  virtual void encoder(ComponentInfo info, EncoderFactory factory) = 0;
  virtual void head(ComponentInfo info, HeadFactory factory) = 0;
  virtual void loss(ComponentInfo info, LossFactory factory) = 0;
  virtual void sampler(ComponentInfo info, SamplerFactory factory) = 0;
  virtual void labeler(ComponentInfo info, LabelerFactory factory) = 0;
  virtual void reader(ComponentInfo info, ReaderFactory factory) = 0;
};

}  // namespace spanlab
