// SPDX-License-Identifier: MIT
#include "spanlab/plugin.hpp"

#include "samplers/samplers.hpp"

SPANLAB_PLUGIN("samplers", "0.1.0", "the Spanlab authors") {
  using namespace spanlab;
  registrar.sampler(
      {"uniform", "SpERT's sampling: gold candidates and uniformly drawn negatives", uniform_schema(), 1},
      make_uniform);
  registrar.sampler({"hard", "negatives that overlap gold come more often", hard_schema(), 1}, make_hard);
  registrar.sampler(
      {"class_balanced", "gold candidates of rare types are repeated", class_balanced_schema(), 1},
      make_class_balanced);
  registrar.sampler({"all", "every candidate; over words, the entities that tags can hold", all_schema(), 1},
                    make_all);
}
