// SPDX-License-Identifier: MIT
#include "train/feature_cost.hpp"

#include <nlohmann/json.hpp>

#include "data/noise.hpp"
#include "data/study_data.hpp"
#include "model/setup.hpp"
#include "plugin/configuration.hpp"
#include "train/feature_store.hpp"
#include "train/pretrained.hpp"

namespace spanlab {

std::int64_t missing_feature_bytes(const nlohmann::json& configuration, const Registry& registry,
                                   const CardIndex& cards, const std::string& device,
                                   const std::filesystem::path& folder) {
  const std::optional<std::string> identity = feature_identity(configuration, registry, cards, device);
  if (!identity) return 0;
  static const std::vector<std::string> kSlots{"noise"};
  const Parameters data = read_parameters(data_schema(), configuration.at("data"), "data", kSlots);
  const Parameters clean(noise_schema(), {});  // labels make no difference to features
  const DataCard& card = cards.data(data.text("name"));
  Generator unused(0);
  const auto encoder =
      build_encoder({configuration, registry, {}, pretrained_model(configuration, cards), {}, "", unused});
  const Encoder* frozen = encoder->frozen();
  if (!frozen) return 0;
  const FeatureStore store(folder, *identity);
  std::int64_t bytes = 0;
  for (const char* part : {"train", "dev", "test"}) {
    if (data.text(part).empty()) continue;
    const Corpus corpus = read_part(card, cards.folder(card), data, clean, part);
    std::vector<EncodedSentence> encoded;
    for (const Sentence& sentence : corpus.sentences) encoded.push_back(encoder->encode(sentence));
    bytes += store.missing_bytes(frozen_items(*encoder, corpus.sentences, encoded), frozen->width());
  }
  return bytes;
}

}  // namespace spanlab
