// SPDX-License-Identifier: MIT
#include "model/setup.hpp"

#include <fmt/format.h>

#include "model/build_tasks.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host {

std::shared_ptr<Encoder> build_encoder(const ModelSetup& setup) {
  const ComponentSetting& choice = setup.configuration.encoder;
  Generator generator = setup.generator.split("encoder");
  const Precision precision = setup.configuration.train.precision;
  const auto inner = [&] {
    Generator own = generator.split("inner");
    const ComponentSetting read = inner_encoder(setup.registry, choice).value();
    return setup.registry.encoder(read.id, read.parameters,
                                  {.model = setup.model,
                                   .training = setup.training,
                                   .vocabulary = "",
                                   .generator = own,
                                   .precision = precision});
  };
  auto encoder = setup.registry.encoder(choice.id, choice.parameters,
                                        {.model = setup.model,
                                         .training = setup.training,
                                         .vocabulary = setup.vocabulary,
                                         .generator = generator,
                                         .precision = precision,
                                         .inner = inner});
  if (precision == Precision::bf16 && encoder->rounded_weights().empty()) {
    throw Error(ErrorKind::usage, "train.precision",
                fmt::format("the encoder '{}' has no products in \"bf16\"; expected \"float32\"", choice.id));
  }
  if (encoder->width() < 1) {
    throw Error(ErrorKind::plugin, "encoder",
                fmt::format("{} has features of width {}, expected at least 1",
                            component_name(setup.registry, choice.kind, choice.id), encoder->width()));
  }
  return encoder;
}

namespace {

ModelContents build_contents(const ModelSetup& setup) {
  auto encoder = build_encoder(setup);
  std::vector<Task> tasks = build_tasks(setup, encoder->width());
  return {setup.labels, std::move(encoder), std::move(tasks),
          component_name(setup.registry, ComponentKind::encoder, setup.configuration.encoder.id)};
}

}  // namespace

Model::Model(const ModelSetup& setup) : Model(build_contents(setup)) {}

}  // namespace spanlab::host
