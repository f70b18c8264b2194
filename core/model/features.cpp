// SPDX-License-Identifier: MIT
#include "model/features.hpp"

#include <ATen/ATen.h>

#include "spanlab/error.hpp"

namespace spanlab {

std::vector<EncodedSentence> encode_sentences(const Encoder& encoder, std::span<const Sentence> sentences) {
  std::vector<EncodedSentence> encoded;
  std::vector<Problem> problems;
  for (const Sentence& sentence : sentences) {
    try {
      encoded.push_back(encoder.encode(sentence));
    } catch (const Error& error) {
      problems.insert(problems.end(), error.problems().begin(), error.problems().end());
    }
  }
  if (!problems.empty()) throw Error(ErrorKind::data, std::move(problems));
  return encoded;
}

at::Tensor encode_features(Encoder& encoder, std::span<const Item> items, at::Device device, std::int64_t units) {
  const at::NoGradGuard no_gradients;
  Generator unused(0);
  Pass pass{Mode::evaluation, unused};
  std::vector<at::Tensor> parts{at::empty({0, encoder.width()}, device)};
  while (!items.empty()) {
    std::size_t count = 0;
    for (std::int64_t sum = 0; count < items.size(); ++count) {
      sum += static_cast<std::int64_t>(items[count].encoded->ids.size());
      if (count > 0 && sum > units) break;
    }
    parts.push_back(encoder.forward(make_batch(items.first(count), device), pass).units);
    items = items.subspan(count);
  }
  return at::cat(parts);
}

EncodedSentence& frozen_encoding(Encoder& encoder, EncodedSentence& encoded) {
  return encoder.frozen() == &encoder ? encoded : *encoded.inner;
}

std::vector<Item> frozen_items(Encoder& encoder, std::span<const Sentence> sentences, std::span<EncodedSentence> encoded) {
  std::vector<Item> items;
  for (std::size_t i = 0; i < sentences.size(); ++i) items.push_back({&sentences[i], &frozen_encoding(encoder, encoded[i])});
  return items;
}

}  // namespace spanlab
