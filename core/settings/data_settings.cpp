// SPDX-License-Identifier: MIT
#include "settings/data_settings.hpp"

#include <algorithm>
#include <limits>

#include "data/splits.hpp"

namespace spanlab::host {

namespace {

constexpr double kAny = std::numeric_limits<double>::infinity();

// The first sentences that a part is cut to, 0 for all.
std::int64_t limit_of(const DataSettings& data, const std::string& part) {
  const std::int64_t limit = data.limit, train = part == "train" ? data.train_limit : 0;
  return limit > 0 && train > 0 ? std::min(limit, train) : std::max(limit, train);
}

}  // namespace

const std::string& DataSettings::expression(const std::string& part) const {
  return part == "train" ? train : part == "dev" ? dev : test;
}

const Binding<DataSettings>& data_binding() {
  static const Binding<DataSettings> binding = [] {
    Binding<DataSettings> b;
    b.add("name", &DataSettings::name,
          "The data set: the name of a card, see `spanlab data list`; one of your own: docs/data.md.");
    b.add("train", &DataSettings::train, "The splits to train on, joined by `+`: `train+dev`.");
    b.add("dev", &DataSettings::dev, "The splits scored after each epoch; empty for none.");
    b.add("test", &DataSettings::test, "The splits scored at the end; empty for none.");
    b.add("fold", &DataSettings::fold,
          "Of a data set with folds, which: split `train` is then the fold's `train3`; not set where there "
          "are none.")
        .range(0, kAny);
    b.add("limit", &DataSettings::limit, "Use only the first sentences of each union of splits; 0 for all.")
        .range(0, kAny)
        .unit("sentences");
    b.add("train_limit", &DataSettings::train_limit,
          "Train on the first sentences only; 0 for all. The other parts stay whole.")
        .range(0, kAny)
        .unit("sentences");
    b.add("overlap", &DataSettings::overlap, {{"allowed", Overlap::allowed}, {"removed", Overlap::removed}},
          "Whether entities that share words count in the scores; not set: what the card says.");
    return b;
  }();
  return binding;
}

const Binding<Noise>& noise_binding() {
  static const Binding<Noise> binding = [] {
    Binding<Noise> b;
    b.add("kind", &Noise::kind,
          {{"type", NoiseKind::type},
           {"boundary", NoiseKind::boundary},
           {"drop", NoiseKind::drop},
           {"spurious", NoiseKind::spurious}},
          "What happens to a gold entity or relation that is struck.");
    b.add("rate", &Noise::rate,
          "The share of gold entities and relations that the noise strikes; 0 for none.")
        .range(0, 1);
    b.add("views", &Noise::views, "The views whose annotations it strikes; empty for all.");
    b.add("parts", &Noise::parts, "Where it strikes; the test part stays clean unless it is named here.")
        .choices({"train", "dev", "test"});
    b.add("seed", &Noise::seed,
          "Draws the noise; apart from the trial's seed, so that all trials see the same.")
        .range(0, kAny);
    return b;
  }();
  return binding;
}

std::vector<std::string> splits_of_part(const DataCard& card, const DataSettings& data,
                                        const std::string& part) {
  return splits_of(card, data.expression(part), data.fold);
}

std::string data_content(const DataCard& card, const DataSettings& data) {
  std::vector<std::string> splits;
  for (const char* part : kParts) {
    for (std::string& split : splits_of_part(card, data, part)) {
      if (std::ranges::find(splits, split) == splits.end()) splits.push_back(std::move(split));
    }
  }
  return CardIndex::content_hash(card, splits);
}

Corpus read_part(const DataCard& card, const std::filesystem::path& folder, const DataSettings& data,
                 const std::string& part) {
  Corpus corpus = read_corpus(card, folder, splits_of_part(card, data, part), limit_of(data, part));
  const std::vector<std::string>& struck = data.noise.parts;
  if (std::ranges::find(struck, part) != struck.end()) add_noise(corpus, data.noise);
  return corpus;
}

}  // namespace spanlab::host
