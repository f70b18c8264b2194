// SPDX-License-Identifier: MIT
#include "birnn/birnn.hpp"
#include "spanlab/component.hpp"

namespace spanlab::birnn {

void register_components(Registrar& registrar) {
  registrar.encoder({"birnn", "words, characters and casing under shared recurrent layers, trained from scratch", birnn_schema(), 1},
                    [](const Parameters& parameters, const EncoderSetup& setup) { return std::make_shared<BirnnEncoder>(parameters, setup); });
}

}  // namespace spanlab::birnn
