// SPDX-License-Identifier: MIT
#include "bert/bert.hpp"
#include "spanlab/plugin.hpp"

using namespace spanlab;

SPANLAB_PLUGIN("bert", "0.1.0", "the Spanlab authors") {
  registrar.encoder({"bert", "BERT from a folder of pretrained weights, over packed sentences", bert::bert_schema(), 1},
                    [](const Parameters& parameters, const EncoderSetup& setup) { return std::make_shared<bert::BertEncoder>(parameters, setup); });
}
