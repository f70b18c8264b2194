// SPDX-License-Identifier: MIT
#include "model/setup.hpp"

#include <fmt/format.h>

#include "model/build_tasks.hpp"
#include "model/component_tree.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host {

std::shared_ptr<Encoder> build_encoder(const ModelSetup& setup) {
  const ComponentSetting& choice = setup.configuration.encoder;
  Generator generator = setup.generator.split("encoder");
  const Precision precision = setup.configuration.train.precision;
  const EncoderSetup whole{.model = setup.model,
                           .training = setup.training,
                           .vocabulary = setup.vocabulary,
                           .generator = generator,
                           .precision = precision,
                           .context = context_at(setup.context, "encoder")};
  auto encoder = build_nested(setup.registry, choice, whole,
                              [&](const ComponentSetting& setting, const EncoderSetup& own) {
                                EncoderSetup of_this = own;
                                if (setting.id != choice.id)
                                  of_this.vocabulary.clear();  // what is frozen has none of its own
                                return setup.registry.encoder(setting.id, setting.parameters, of_this);
                              });
  if (precision == Precision::bf16 && encoder->rounded_weights().empty()) {
    throw Error(ErrorKind::usage, "train.precision",
                fmt::format("the encoder '{}' has no products in \"bf16\"; expected \"float32\"", choice.id));
  }
  return encoder;
}

namespace {

ModelContents build_contents(const ModelSetup& setup) {
  auto encoder = build_encoder(setup);
  std::vector<Task> tasks = build_tasks(setup, encoder->width());
  const auto weights = setup.model.folder.empty() ? FrozenWeights::drawn : FrozenWeights::pretrained;
  return {setup.labels, std::move(encoder), std::move(tasks), weights};
}

}  // namespace

Model::Model(const ModelSetup& setup) : Model(build_contents(setup)) {}

}  // namespace spanlab::host
