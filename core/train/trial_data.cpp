// SPDX-License-Identifier: MIT
#include "train/trial_data.hpp"

#include <fmt/format.h>

#include "spanlab/error.hpp"

namespace spanlab::host {

std::vector<Split*> TrialData::splits() {
  std::vector<Split*> all{&train};
  if (dev) all.push_back(&*dev);
  if (test) all.push_back(&*test);
  return all;
}

TrialData read_trial_data(const DataSettings& data, const CardIndex& cards) {
  const DataCard& card = cards.data(data.name);
  const auto read = [&](const std::string& part) -> std::optional<Split> {
    const std::string& name = data.expression(part);
    if (name.empty()) return std::nullopt;
    return Split{name, read_part(card, cards.folder(card), data, part)};
  };
  std::optional<Split> train = read("train");
  if (!train) throw Error(ErrorKind::usage, "data.train", "expected the split to train on");
  return {std::move(*train), read("dev"), read("test"), data.overlap.value_or(card.overlap)};
}

std::int64_t steps_per_epoch(std::size_t sentences, std::int64_t batch) {
  const std::int64_t steps = static_cast<std::int64_t>(sentences) / batch;
  if (steps > 0) return steps;
  throw Error(ErrorKind::usage, "train.batch",
              fmt::format("{} is more than the {} training sentences", batch, sentences));
}

}  // namespace spanlab::host
