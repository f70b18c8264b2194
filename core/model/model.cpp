// SPDX-License-Identifier: MIT
#include "model/model.hpp"

#include <ATen/ATen.h>

#include "model/features.hpp"
#include "tasks/kinds.hpp"

namespace spanlab::host {

namespace {

// A sentence is seen through its first unit where that is no word (`[CLS]`), else through the last states of
// both directions.
Features through(Tower& tower, const Features& features, const Batch& batch, Pass& pass) {
  const TowerOutput output = tower.forward(features.units, batch.unit_offsets, pass);
  const std::vector<Rows>& words = batch.encoded.front()->words;
  if (words.empty() || words.front().begin == 0) return {output.units, output.finals};
  const std::vector<std::int64_t> first(batch.unit_offsets.begin(), batch.unit_offsets.end() - 1);
  return {output.units, output.units.index_select(0, at::tensor(first, batch.ids.options()))};
}

}  // namespace

Model::Model(ModelContents contents)
    : labels_(std::move(contents.labels)),
      encoder_(std::move(contents.encoder)),
      tasks_(std::move(contents.tasks)),
      frozen_weights_(contents.frozen_weights) {
  register_module("encoder", encoder_);
  for (Task& task : tasks_) {
    if (!task.kind) task.kind = TaskKinds().of(*task.head);
    auto part = register_module(task.name, std::make_shared<torch::nn::Module>());
    if (task.tower) part->register_module("tower", task.tower);
    part->register_module("head", task.head);
    auto losses = part->register_module("loss", std::make_shared<torch::nn::Module>());
    for (const auto& [output, loss] : task.losses) losses->register_module(output, loss);
  }
}

at::Device Model::device() const { return parameters().front().device(); }

std::vector<EncodedSentence> Model::encode(std::span<const Sentence> sentences) const {
  return encode_sentences(*encoder_, sentences);
}

std::vector<Features> Model::features(const Batch& batch, Pass& pass) {
  const Features shared = encoder_->forward(batch, pass);
  std::vector<Features> all;
  for (const Task& task : tasks_)
    all.push_back(task.tower ? through(*task.tower, shared, batch, pass) : shared);
  return all;
}

}  // namespace spanlab::host
