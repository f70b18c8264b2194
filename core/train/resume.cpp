// SPDX-License-Identifier: MIT
#include "train/resume.hpp"

#include <nlohmann/json.hpp>

#include "model/model_file.hpp"
#include "spanlab/error.hpp"

namespace spanlab {

namespace {

constexpr std::string_view kModel = "model:";
constexpr std::string_view kOptimizer = "optimizer:";

nlohmann::json to_json(const Progress& progress) {
  nlohmann::json terms = nlohmann::json::object();
  for (const auto& [name, mean] : progress.terms) terms[name] = {mean.sum, mean.steps};
  return {{"step", progress.step}, {"seconds", progress.seconds}, {"metrics_bytes", progress.metrics_bytes}, {"terms", terms}};
}

Progress read_progress(const nlohmann::json& node) {
  Progress progress{node.at("step"), node.at("seconds"), node.at("metrics_bytes"), {}};
  for (const auto& [name, mean] : node.at("terms").items()) progress.terms[name] = {mean.at(0), mean.at(1)};
  return progress;
}

}  // namespace

void save_resume(const std::filesystem::path& file, const Model& model, const Optimizer& optimizer, const Progress& progress,
                 const std::string& identity) {
  NamedTensors tensors;
  for (const auto& [name, tensor] : trained_parameters(model)) tensors.emplace(std::string(kModel) + name, tensor);
  for (const auto& [name, tensor] : optimizer.state()) tensors.emplace(std::string(kOptimizer) + name, tensor);
  write_tensors(file, tensors, {{"progress", to_json(progress).dump()}, {"training", identity}});
}

std::optional<ResumeState> read_resume(const std::filesystem::path& file, const std::string& identity) {
  if (!std::filesystem::exists(file)) return std::nullopt;
  const TensorsFile stored = read_tensors(file);
  const auto training = stored.metadata.find("training");
  const auto progress = stored.metadata.find("progress");
  if (training == stored.metadata.end() || progress == stored.metadata.end() || training->second != identity) {
    throw Error(ErrorKind::usage, file.string(), "is the state of another training; move it away to begin anew");
  }
  ResumeState state;
  try {
    state.progress = read_progress(nlohmann::json::parse(progress->second));
  } catch (const nlohmann::json::exception& error) {
    throw Error(ErrorKind::data, file.string(), error.what());
  }
  for (const auto& [name, tensor] : stored.tensors) {
    if (name.starts_with(kModel)) state.weights.emplace(name.substr(kModel.size()), tensor);
    if (name.starts_with(kOptimizer)) state.moments.emplace(name.substr(kOptimizer.size()), tensor);
  }
  return state;
}

void restore(const ResumeState& state, Model& model, Optimizer& optimizer, const std::string& place) {
  set_parameters(model, state.weights, place);
  optimizer.restore(state.moments);
}

}  // namespace spanlab
