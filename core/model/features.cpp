// SPDX-License-Identifier: MIT
#include "model/features.hpp"

#include <ATen/ATen.h>

#include <algorithm>

namespace spanlab {

Features encode_features(Encoder& encoder, std::span<const Item> items, at::Device device, std::int64_t units) {
  const at::NoGradGuard no_gradients;
  Generator unused(0);
  Pass pass{Mode::evaluation, unused};
  std::vector<at::Tensor> parts, vectors;
  while (!items.empty()) {
    std::size_t count = 0;
    for (std::int64_t sum = 0; count < items.size(); ++count) {
      sum += static_cast<std::int64_t>(items[count].encoded->ids.size());
      if (count > 0 && sum > units) break;
    }
    const Features features = encoder.forward(make_batch(items.first(count), device), pass);
    parts.push_back(features.units);
    vectors.push_back(features.sentences);
    items = items.subspan(count);
  }
  if (parts.empty()) return {at::empty({0, encoder.width()}), at::empty({0, encoder.width()})};
  return {at::cat(parts), at::cat(vectors)};
}

void FeatureTable::add(std::span<const Item> items, Features features) {
  const Features* block = &blocks_.emplace_back(std::move(features));
  std::int64_t begin = 0, sentence = 0;
  for (const Item& item : items) {
    const std::int64_t end = begin + static_cast<std::int64_t>(item.encoded->ids.size());
    places_[item.encoded] = {block, {begin, end}, sentence++};
    begin = end;
  }
}

bool FeatureTable::contains(const Batch& batch) const {
  return std::ranges::all_of(batch.encoded, [&](const EncodedSentence* encoded) { return places_.contains(encoded); });
}

Features FeatureTable::of(const Batch& batch) const {
  std::vector<at::Tensor> units, sentences;
  for (const EncodedSentence* encoded : batch.encoded) {
    const Place& place = places_.at(encoded);
    units.push_back(place.block->units.narrow(0, place.units.begin, place.units.end - place.units.begin));
    sentences.push_back(place.block->sentences.narrow(0, place.sentence, 1));
  }
  return {at::cat(units), at::cat(sentences)};
}

}  // namespace spanlab
