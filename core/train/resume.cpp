// SPDX-License-Identifier: MIT
#include "train/resume.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "sdk/json_value.hpp"
#include "spanlab/json_fields.hpp"
#include "model/model_file.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host {

namespace {

constexpr std::string_view kModel = "model:";
constexpr std::string_view kOptimizer = "optimizer:";

nlohmann::json to_json(const std::map<std::string, RunningMean>& means) {
  nlohmann::json node = nlohmann::json::object();
  for (const auto& [name, mean] : means) node[name] = {mean.sum, mean.count};
  return node;
}

nlohmann::json to_json(const TrainedSoFar& progress) {
  return {{"step", progress.step},
          {"seconds", progress.seconds},
          {"metrics_bytes", progress.metrics_bytes},
          {"terms", to_json(progress.epoch.terms)},
          {"log", to_json(progress.epoch.recorded)}};
}

std::map<std::string, RunningMean> read_means(JsonFields object) {
  std::map<std::string, RunningMean> means;
  for (const std::string& name : object.keys()) {
    const JsonView mean = object.any(name);
    if (mean.size() == 2 && mean.at(0).is_number() && mean.at(1).is_whole())
      means[name] = {mean.at(0).number(), mean.at(1).whole()};
    else
      object.wrong(name, fmt::format("expected a sum and a number of steps, got {}", mean.shown()));
  }
  return means;
}

TrainedSoFar read_progress(const std::string& text, const std::filesystem::path& file) {
  const std::string place = file.string() + ", progress";
  const nlohmann::json node = parse_json(text, place);
  std::vector<Problem> problems;
  JsonFields object(view_of(node), place, problems);
  const auto bytes = static_cast<std::uint64_t>(object.integer("metrics_bytes"));
  TrainedSoFar progress{
      object.integer("step"), object.number("seconds"), bytes, {read_means(object.object("terms")), {}}};
  if (object.has("log"))
    progress.epoch.recorded = read_means(object.object("log"));  // states of 0.2 have none
  if (!problems.empty()) throw Error(ErrorKind::data, std::move(problems));
  return progress;
}

}  // namespace

void save_resume(const std::filesystem::path& file, const Model& model, const Optimizer& optimizer,
                 const TrainedSoFar& progress, const std::string& identity) {
  NamedTensors tensors;
  for (const auto& [name, tensor] : trained_state(model)) tensors.emplace(std::string(kModel) + name, tensor);
  for (const auto& [name, tensor] : optimizer.state())
    tensors.emplace(std::string(kOptimizer) + name, tensor);
  write_tensors(file, tensors, {{"progress", to_json(progress).dump()}, {"training", identity}});
}

std::optional<ResumeState> read_resume(const std::filesystem::path& file, const std::string& identity) {
  if (!std::filesystem::exists(file)) return std::nullopt;
  const TensorsFile stored = read_tensors(file);
  const auto training = stored.metadata.find("training");
  const auto progress = stored.metadata.find("progress");
  if (training == stored.metadata.end() || progress == stored.metadata.end() ||
      training->second != identity) {
    throw Error(ErrorKind::usage, file.string(),
                "is the state of another training; move it away to begin anew");
  }
  ResumeState state{read_progress(progress->second, file), {}, {}};
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

}  // namespace spanlab::host
