// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "settings/task_setting.hpp"
#include "spanlab/head.hpp"
#include "spanlab/labeler.hpp"
#include "spanlab/loss.hpp"
#include "spanlab/sampler.hpp"
#include "spanlab/tower.hpp"

namespace spanlab::host {

class TaskKind;

/// One supervised job of a model, its components in place.
struct SPANLAB_API Task {
  std::string name;
  std::size_t view = 0;   ///< index into the data set's views
  std::size_t spans = 0;  ///< index of the task that gives the spans; its own where it needs none
  double weight = 1;
  double rate = 1;  ///< learning rate of its own layers as a multiple of the model's
  Reduction reduction = Reduction::mean;
  std::int64_t most_relations = 50000;  ///< predicted in a sentence, by a task over another one's spans
  std::shared_ptr<Tower> tower;         ///< null at depth 0
  std::shared_ptr<Head> head;
  std::map<std::string, std::shared_ptr<Loss>> losses;  ///< one per output of the head
  std::map<std::string, double> loss_weights;           ///< in the sum, beside the task's; absent: 1
  std::shared_ptr<Sampler> sampler;
  std::shared_ptr<SoftLabeler> labeler;
  /// What its candidates are and how they are drawn, labelled, placed and decided on. Where none is given, a
  /// model looks up the one that the head names.
  std::shared_ptr<const TaskKind> kind = nullptr;

  /// Whether it builds on the spans of another task.
  bool takes_spans() const;
  /// How many types its candidates can have: columns of the targets.
  std::size_t types(const Inventory& inventory) const;
  /// Factor of the output's loss in the sum of all losses.
  double weight_of(const std::string& output) const;
};

/// The views of a data set and what can be annotated in each.
struct Labels {
  std::vector<std::string> views;
  std::vector<Inventory> inventories;
};

}  // namespace spanlab::host
