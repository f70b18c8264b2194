// SPDX-License-Identifier: MIT
#include "spanlab/plugin.hpp"

#include "birnn/birnn.hpp"

SPANLAB_PLUGIN("birnn", "1.0", "Spanlab") {
  using namespace spanlab;
  registrar.encoder(
      {.id = "birnn",
       .summary = "words, characters and casing under shared recurrent layers, trained from scratch",
       .schema = birnn::birnn_schema(),
       .results_version = 1},
      [](const Parameters& parameters, const EncoderSetup& setup) {
        return std::make_shared<birnn::BirnnEncoder>(parameters, setup);
      });
}
