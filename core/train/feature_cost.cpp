// SPDX-License-Identifier: MIT
#include "train/feature_cost.hpp"

#include "model/setup.hpp"
#include "train/feature_store.hpp"
#include "train/pretrained.hpp"

namespace spanlab::host {

std::int64_t missing_feature_bytes(const Configuration& configuration, const Registry& registry,
                                   const CardIndex& cards, const std::string& device,
                                   const std::filesystem::path& folder) {
  const std::optional<std::string> identity = feature_identity(configuration, registry, cards, device);
  if (!identity) return 0;
  DataSettings data = configuration.data;
  data.noise = {};  // labels make no difference to features
  const DataCard& card = cards.data(data.name);
  Generator unused(0);
  const auto encoder = build_encoder({configuration,
                                      registry,
                                      {},
                                      pretrained_model(configuration.encoder, registry, cards),
                                      {},
                                      "",
                                      unused});
  const Encoder* frozen = encoder->frozen();
  if (!frozen) return 0;
  const FeatureStore store(folder, *identity);
  std::int64_t bytes = 0;
  for (const char* part : kParts) {
    if (data.expression(part).empty()) continue;
    const Corpus corpus = read_part(card, cards.folder(card), data, part);
    std::vector<EncodedSentence> encoded;
    for (const Sentence& sentence : corpus.sentences) encoded.push_back(encoder->encode(sentence));
    bytes += store.missing_bytes(frozen_items(*encoder, corpus.sentences, encoded), frozen->width());
  }
  return bytes;
}

}  // namespace spanlab::host
