// SPDX-License-Identifier: MIT
#include "model/features.hpp"

#include <ATen/ATen.h>

#include "spanlab/error.hpp"

namespace spanlab::host {

std::vector<EncodedSentence> encode_sentences(const Encoder& encoder, std::span<const Sentence> sentences) {
  std::vector<EncodedSentence> encoded;
  std::vector<Problem> problems;
  for (const Sentence& sentence : sentences) {
    try {
      encoded.push_back(encoder.encode(sentence));
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::data) throw;
      problems.insert(problems.end(), error.problems().begin(), error.problems().end());
    }
  }
  if (!problems.empty()) throw Error(ErrorKind::data, std::move(problems));
  return encoded;
}

Features encode_features(Encoder& encoder, std::span<const Item> items, at::Device device,
                         std::int64_t units) {
  const at::NoGradGuard no_gradients;
  Generator unused(0);
  Pass pass{Mode::evaluation, unused};
  std::vector<at::Tensor> states{at::empty({0, encoder.width()}, device)}, summaries = states;
  while (!items.empty()) {
    std::size_t count = 0;
    for (std::int64_t sum = 0; count < items.size(); ++count) {
      sum += static_cast<std::int64_t>(items[count].encoded->ids.size());
      if (count > 0 && sum > units) break;
    }
    const Batch batch = make_batch(items.first(count), device);
    const Features features = encoder.forward(batch, pass);
    states.push_back(features.units);
    summaries.push_back(features.sentences);
    items = items.subspan(count);
  }
  return {at::cat(states), at::cat(summaries)};
}

EncodedSentence& frozen_encoding(Encoder& encoder, EncodedSentence& encoded) {
  EncodedSentence* found = &encoded;
  for (const Encoder* one = &encoder; one != encoder.frozen(); one = one->inner()) found = found->inner.get();
  return *found;
}

std::vector<Item> frozen_items(Encoder& encoder, std::span<const Sentence> sentences,
                               std::span<EncodedSentence> encoded) {
  std::vector<Item> items;
  for (std::size_t i = 0; i < sentences.size(); ++i)
    items.push_back({&sentences[i], &frozen_encoding(encoder, encoded[i])});
  return items;
}

}  // namespace spanlab::host
