// SPDX-License-Identifier: MIT
#include "spanlab/plugin.hpp"

#include "components.hpp"

SPANLAB_PLUGIN("example", "1.0", "the Spanlab authors") {
  registrar.loss({.id = "focal", .summary = "cross entropy that counts easy candidates less", .schema = focal_schema()}, make_focal);
  registrar.sampler({.id = "near_miss", .summary = "negatives that overlap gold entities come first", .schema = near_miss_schema()},
                    make_near_miss);
}
