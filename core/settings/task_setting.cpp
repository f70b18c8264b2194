// SPDX-License-Identifier: MIT
#include "settings/task_setting.hpp"

#include <algorithm>

namespace spanlab::host {

bool TaskSetting::is_whole() const {
  const auto is_set = [](const auto& entry) { return entry.second.is_set(); };
  const auto is_filled = [&](const TaskSlot& slot) { return (this->*slot.member).is_set(); };
  return std::ranges::all_of(kTaskSlots, is_filled) && !losses.empty() && std::ranges::all_of(losses, is_set);
}

const Binding<TaskSetting>& task_binding() {
  static const Binding<TaskSetting> binding = [] {
    Binding<TaskSetting> b;
    b.add("view", &TaskSetting::view, "the annotation of the data set that the task learns");
    b.add("spans", &TaskSetting::spans,
          "the task that gives the spans; for heads over pairs, empty otherwise");
    b.add("depth", &TaskSetting::depth, "task-specific bidirectional layers between the encoder and the head")
        .range(0, 8);
    b.add("cell", &TaskSetting::cell, {{"gru", Cell::gru}, {"lstm", Cell::lstm}}, "kind of these layers");
    b.add("size", &TaskSetting::size, "width of these layers, per direction").range(1, 4096);
    b.add("dropout", &TaskSetting::dropout,
          "rate before each of these layers; the figure is that of a public re-implementation of "
          "Crone (2020, arXiv 2002.06424), who has such layers")
        .range(0, 0.99);
    b.add("weight", &TaskSetting::weight, "factor of the task's losses in the sum").range(0, 1e6);
    b.add("lr_factor", &TaskSetting::lr_factor,
          "learning rate of the task's own layers, its tower and head, as a multiple of train.lr")
        .range(0, 1e6);
    b.add("reduction", &TaskSetting::reduction,
          {{"mean", Reduction::mean}, {"candidates", Reduction::candidates}, {"sum", Reduction::sum}},
          "of a loss's values over a batch: `mean` over the samples that candidates count for (one that has "
          "several types may count several times), over the `candidates`, or their `sum`");
    b.add("max_relations", &TaskSetting::max_relations,
          "most relations that are predicted in one sentence, the most probable ones; a trained model stays "
          "far below, one that has hardly begun may predict every pair of words. How many were left out "
          "stands in the scores, `relation.left_out`. For pair tasks")
        .range(1, 1e6)
        .later()
        .since("0.2.0");
    return b;
  }();
  return binding;
}

}  // namespace spanlab::host
