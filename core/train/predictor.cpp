// SPDX-License-Identifier: MIT
#include "train/predictor.hpp"

#include <ATen/Parallel.h>

#include "model/model_file.hpp"
#include "model/predict.hpp"
#include "records/predictions.hpp"
#include "train/device.hpp"
#include "train/hardware.hpp"
#include "train/pretrained.hpp"

namespace spanlab::host {

struct Predictor::State {
  Configuration configuration;
  std::shared_ptr<Model> model;
};

Predictor::Predictor(const std::filesystem::path& model, const Registry& registry, const CardIndex& cards,
                     const std::string& device, int threads) {
  at::set_num_threads(threads);
  const at::Device place = device_named(device);
  ModelDescription known = read_description(model, registry);
  state_ = std::make_unique<State>(State{known.configuration, nullptr});
  if (device == "cpu" && !hardware().fast_bf16) known.configuration.train.precision = Precision::float32;
  state_->model =
      load_model(model, known, registry, pretrained_model(known.configuration.encoder, registry, cards));
  state_->model->to(place);
}

Predictor::~Predictor() = default;

const Configuration& Predictor::configuration() const { return state_->configuration; }

const Inventory& Predictor::inventory() const { return state_->model->labels().inventories.front(); }

std::vector<std::string> Predictor::predict(std::span<const Sentence> sentences) {
  Model& model = *state_->model;
  const std::vector<EncodedSentence> encoded = model.encode(sentences);
  std::vector<Item> items;
  for (std::size_t i = 0; i < sentences.size(); ++i) items.push_back({&sentences[i], &encoded[i]});
  const std::vector<SpanTaskPredictions> predictions = host::predict(model, items);
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    std::vector<TaskPrediction> tasks;
    for (const SpanTaskPredictions& of_task : predictions) {
      const Task& task = model.tasks()[of_task.task];
      tasks.push_back({task.name, of_task.sentences[i], model.inventory(task)});
    }
    lines.push_back(tasks.size() == 1 ? prediction_line(sentences[i], tasks[0].prediction, tasks[0].inventory)
                                      : prediction_line(sentences[i], tasks));
  }
  return lines;
}

}  // namespace spanlab::host
