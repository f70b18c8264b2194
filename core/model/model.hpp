// SPDX-License-Identifier: MIT
#pragma once

#include <torch/nn/module.h>

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "model/answers.hpp"
#include "model/batch.hpp"
#include "settings/task_setting.hpp"
#include "spanlab/encoder.hpp"
#include "spanlab/head.hpp"
#include "spanlab/labeler.hpp"
#include "spanlab/loss.hpp"
#include "spanlab/sampler.hpp"
#include "spanlab/tower.hpp"

namespace spanlab {

/// One supervised job of a model, its parts in place.
struct Task {
  std::string name;
  std::size_t view = 0;   ///< index into the data set's views
  std::size_t spans = 0;  ///< index of the task that gives the spans; its own for span tasks
  double weight = 1;
  double rate = 1;  ///< learning rate of its own layers as a multiple of the model's
  Reduction reduction = Reduction::mean;
  std::int64_t most_relations = 50000;  ///< predicted in a sentence, of a pair task
  std::shared_ptr<Tower> tower;         ///< null at depth 0
  std::shared_ptr<Head> head;
  std::map<std::string, std::unique_ptr<Loss>> losses;  ///< one per output of the head
  std::map<std::string, double> loss_weights;           ///< in the sum, beside the task's; absent: 1
  std::unique_ptr<Sampler> sampler;
  std::unique_ptr<SoftLabeler> labeler;
  std::map<std::string, std::string> components =
      {};  ///< by slot (`head`, `loss.classify`, …): what stands there, see Answerer

  bool of_pairs() const { return head->kind() == HeadKind::pairs; }
  bool of_words() const { return head->kind() == HeadKind::words; }
  /// How many types its candidates can have: those of the view's inventory; a tagging task counts all tags
  /// but `O`.
  std::size_t types(const Inventory& inventory) const;
  /// Factor of the output's loss in the sum of all losses.
  double weight_of(const std::string& output) const;
  /// Who answers from the slot.
  Answerer answerer(const std::string& slot) const;
};

/// The views of a data set and what can be annotated in each.
struct Labels {
  std::vector<std::string> views;
  std::vector<Inventory> inventories;
};

struct ModelSetup;

/// What a model consists of; each task stands after the one that gives its spans.
struct ModelParts {
  Labels labels;
  std::shared_ptr<Encoder> encoder;
  std::vector<Task> tasks;
  std::string encoder_component = {};  ///< what it is, see Answerer
};

/// An encoder and its tasks. Parameters are named `encoder.…`, `<task>.tower.…` and `<task>.head.…`.
class SPANLAB_API Model : public torch::nn::Module {
 public:
  explicit Model(ModelParts parts);
  /// From a configuration, see model/setup.hpp. Throws Error(usage) with every problem of it: unknown views
  /// and tasks, losses that do not fit outputs, ….
  explicit Model(const ModelSetup& setup);

  Encoder& encoder() const { return *encoder_; }
  const std::vector<Task>& tasks() const {
    return tasks_;
  }  ///< a task stands after the one that gives its spans
  const Labels& labels() const { return labels_; }
  const Inventory& inventory(const Task& task) const { return labels_.inventories[task.view]; }
  at::Device device() const;
  Answerer encoder_answerer() const { return {"encoder", encoder_component_}; }

  /// The sentences as the encoder reads them, in order. Throws Error(data) with the problems of all of them.
  std::vector<EncodedSentence> encode(std::span<const Sentence> sentences) const;

  /// What each task's head sees: the encoder's features, through the task's tower where it has one.
  std::vector<Features> features(const Batch& batch, Pass& pass);

 private:
  Labels labels_;
  std::shared_ptr<Encoder> encoder_;
  std::vector<Task> tasks_;
  std::string encoder_component_;
};

}  // namespace spanlab
