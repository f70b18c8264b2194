// SPDX-License-Identifier: MIT
#include "model/task.hpp"

namespace spanlab {

const Schema& task_schema() {
  static const Schema schema =
      Schema()
          .text("view", "default", "the annotation of the data set that the task learns")
          .text("spans", "", "the task that gives the spans; for heads over pairs, empty otherwise")
          .integer("depth", 0, "task-specific bidirectional layers between the encoder and the head")
          .range(0, 8)
          .text("cell", "gru", "kind of these layers")
          .choices({"gru", "lstm"})
          .integer("size", 256, "width of these layers, per direction")
          .range(1, 4096)
          .number("dropout", 0.35,
                  "rate before each of these layers; the figure is that of a public re-implementation of "
                  "Crone (2020, arXiv "
                  "2002.06424), who has such layers")
          .range(0, 0.99)
          .number("weight", 1.0, "factor of the task's losses in the sum")
          .range(0, 1e6)
          .number("lr_factor", 1.0,
                  "learning rate of the task's own layers, its tower and head, as a multiple of train.lr")
          .range(0, 1e6)
          .text("reduction", "mean",
                "of a loss's values over a batch: `mean` over the samples that candidates count for (one "
                "that has several types may count "
                "several times), over the `candidates`, or their `sum`")
          .choices({"mean", "candidates", "sum"})
          .integer("max_relations", 50000,
                   "most relations that are predicted in one sentence, the most probable ones; a trained "
                   "model stays far below, one that has hardly "
                   "begun may predict every pair of words. How many were left out stands in the scores, "
                   "`relation.left_out`. For pair tasks")
          .range(1, 1e6)
          .later();
  return schema;
}

}  // namespace spanlab
