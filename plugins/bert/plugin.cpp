// SPDX-License-Identifier: MIT
#include "bert/bert.hpp"
#include "spanlab/component.hpp"

namespace spanlab::bert {

void register_components(Registrar& registrar) {
  registrar.encoder({"bert", "BERT from a folder of pretrained weights, over packed sentences", bert_schema(), 1},
                    [](const Parameters& parameters, const EncoderSetup& setup) { return std::make_shared<BertEncoder>(parameters, setup); });
}

}  // namespace spanlab::bert
