// SPDX-License-Identifier: MIT
#include "spanlab/plugin.hpp"

#include "pair/pair.hpp"

SPANLAB_PLUGIN("pair", "0.2.0", "the Spanlab authors") {
  using namespace spanlab;
  registrar.head({.id = "pair",
                  .summary = "relation head of SpERT and SpERT.MT: maximum between two spans, both spans, "
                             "widths and types, a linear layer per output",
                  .schema = pair::pair_schema(),
                  .results_version = 1},
                 [](const Parameters& parameters, const HeadSetup& setup) {
                   return std::make_shared<pair::PairHead>(parameters, setup);
                 });
}
