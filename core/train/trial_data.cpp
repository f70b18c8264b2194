// SPDX-License-Identifier: MIT
#include "train/trial_data.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "data/noise.hpp"
#include "data/study_data.hpp"
#include "plugin/configuration.hpp"
#include "spanlab/error.hpp"

namespace spanlab {

std::vector<Split*> TrialData::splits() {
  std::vector<Split*> all{&train};
  if (dev) all.push_back(&*dev);
  if (test) all.push_back(&*test);
  return all;
}

TrialData read_trial_data(const nlohmann::json& configuration, const CardIndex& cards) {
  static const std::vector<std::string> slots{"noise"};
  const nlohmann::json& node = configuration.at("data");
  const Parameters data = read_parameters(data_schema(), node, "data", slots);
  const Parameters noise =
      read_parameters(noise_schema(), node.value("noise", nlohmann::json::object()), "data.noise");
  const DataCard& card = cards.data(data.text("name"));
  const auto read = [&](const std::string& part) -> std::optional<Split> {
    const std::string& name = data.text(part);
    if (name.empty()) return std::nullopt;
    return Split{name, read_part(card, cards.folder(card), data, noise, part)};
  };
  std::optional<Split> train = read("train");
  if (!train) throw Error(ErrorKind::usage, "data.train", "expected the split to train on");
  TrialData all{std::move(*train), read("dev"), read("test"), card.overlap};
  if (data.has("overlap"))
    all.overlap = data.text("overlap") == "removed" ? Overlap::removed : Overlap::allowed;
  return all;
}

std::int64_t steps_per_epoch(std::size_t sentences, std::int64_t batch) {
  const std::int64_t steps = static_cast<std::int64_t>(sentences) / batch;
  if (steps > 0) return steps;
  throw Error(ErrorKind::usage, "train.batch",
              fmt::format("{} is more than the {} training sentences", batch, sentences));
}

}  // namespace spanlab
