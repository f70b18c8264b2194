// SPDX-License-Identifier: MIT
#include "spanlab/plugin.hpp"

#include "components.hpp"

SPANLAB_PLUGIN("example", "1.0", "the Spanlab authors") {
  registrar.loss(
      {.id = "poly", .summary = "cross entropy and a weighted linear term", .schema = poly_schema()},
      make_poly);
  registrar.sampler({.id = "near_miss",
                     .summary = "negatives that overlap gold entities come first",
                     .schema = near_miss_schema()},
                    make_near_miss);
  registrar.reader({.id = "columns", .summary = "a word and its tag a line", .schema = columns_schema()},
                   make_columns);
}
