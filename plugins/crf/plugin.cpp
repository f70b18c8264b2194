// SPDX-License-Identifier: MIT
#include "spanlab/plugin.hpp"

#include "crf/crf.hpp"

SPANLAB_PLUGIN("crf", "0.1.0", "the Spanlab authors") {
  using namespace spanlab;
  registrar.head({.id = "crf",
                  .summary = "BIO tags of words by a linear-chain conditional random field",
                  .schema = crf::crf_schema(),
                  .results_version = 1},
                 [](const Parameters& parameters, const HeadSetup& setup) {
                   return std::make_shared<crf::CrfHead>(parameters, setup);
                 });
}
