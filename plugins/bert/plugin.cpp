// SPDX-License-Identifier: MIT
#include "spanlab/plugin.hpp"

#include "bert/bert.hpp"

SPANLAB_PLUGIN("bert", "1.0", "Spanlab") {
  using namespace spanlab;
  registrar.encoder({.id = "bert",
                     .summary = "BERT from a folder of pretrained weights, over packed sentences",
                     .schema = bert::bert_schema(),
                     .results_version = 1,
                     .bf16 = true},
                    [](const Parameters& parameters, const EncoderSetup& setup) {
                      return std::make_shared<bert::BertEncoder>(parameters, setup);
                    });
}
