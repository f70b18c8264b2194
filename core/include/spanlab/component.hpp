// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "spanlab/parameters.hpp"

namespace spanlab {

class Encoder;
class Head;
class Loss;
class Sampler;
class SoftLabeler;
struct EncoderSetup;
struct HeadSetup;
struct LabelerSetup;
struct LossSetup;
struct SamplerSetup;

/// What a component is; the names in scripts and files are `encoder`, `head`, `loss`, `sampler`, `labeler`.
enum class ComponentKind { encoder, head, loss, sampler, labeler };

/// A component as it presents itself. `id` is unique within its kind.
struct ComponentInfo {
  std::string id;
  std::string summary;  ///< one line
  Schema schema;
  /// Raised when results change; 0: the library's code itself stands for the version.
  int results_version = 0;
  bool bf16 = false;  ///< of an encoder: its products can be rounded, see Encoder::rounded_weights()
};

using EncoderFactory = std::function<std::shared_ptr<Encoder>(const Parameters&, const EncoderSetup&)>;
using HeadFactory = std::function<std::shared_ptr<Head>(const Parameters&, const HeadSetup&)>;
using LossFactory = std::function<std::unique_ptr<Loss>(const Parameters&, const LossSetup&)>;
using SamplerFactory = std::function<std::unique_ptr<Sampler>(const Parameters&, const SamplerSetup&)>;
using LabelerFactory = std::function<std::unique_ptr<SoftLabeler>(const Parameters&, const LabelerSetup&)>;

/// Where a plugin says what it offers. Owned by the host; valid during registration only.
class SPANLAB_API Registrar {
 public:
  virtual ~Registrar();
  virtual void encoder(ComponentInfo info, EncoderFactory factory) = 0;
  virtual void head(ComponentInfo info, HeadFactory factory) = 0;
  virtual void loss(ComponentInfo info, LossFactory factory) = 0;
  virtual void sampler(ComponentInfo info, SamplerFactory factory) = 0;
  virtual void labeler(ComponentInfo info, LabelerFactory factory) = 0;
};

}  // namespace spanlab
