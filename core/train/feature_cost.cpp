// SPDX-License-Identifier: MIT
#include "train/feature_cost.hpp"

#include <nlohmann/json.hpp>

#include "data/dataset.hpp"
#include "plugin/configuration.hpp"
#include "train/feature_store.hpp"
#include "train/pretrained.hpp"

namespace spanlab {

std::int64_t missing_feature_bytes(const nlohmann::json& configuration, const Registry& registry, const CardIndex& cards,
                                   const std::string& device, const std::filesystem::path& folder) {
  const std::optional<std::string> identity = feature_identity(configuration, registry, cards, device);
  if (!identity) return 0;
  const Parameters data = read_parameters(data_schema(), configuration.at("data"), "data");
  const DataCard& card = cards.data(data.text("name"));
  const ComponentChoice choice = read_component(registry, ComponentKind::encoder, configuration.at("encoder"), "encoder");
  Generator unused(0);
  const auto encoder = registry.encoder(choice.id, choice.parameters, {pretrained_folder(configuration, cards), {}, "", unused});
  const FeatureStore store(folder, *identity);
  std::int64_t bytes = 0;
  for (const char* part : {"train", "dev", "test"}) {
    if (data.text(part).empty()) continue;
    const Corpus corpus = read_corpus(card, cards.folder(card), split_names(data.text(part)), data.integer("limit"));
    std::vector<EncodedSentence> encoded;
    for (const Sentence& sentence : corpus.sentences) encoded.push_back(encoder->encode(sentence));
    std::vector<Item> items;
    for (std::size_t i = 0; i < encoded.size(); ++i) items.push_back({&corpus.sentences[i], &encoded[i]});
    bytes += store.missing_bytes(items, encoder->width());
  }
  return bytes;
}

}  // namespace spanlab
