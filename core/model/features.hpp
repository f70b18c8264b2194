// SPDX-License-Identifier: MIT
#pragma once

#include <span>

#include "spanlab/encoder.hpp"

namespace spanlab::host {

/// The sentences as `encoder` reads them, in order. Throws Error(data) with the problems of all of them.
SPANLAB_API std::vector<EncodedSentence> encode_sentences(const Encoder& encoder,
                                                          std::span<const Sentence> sentences);

/// What an encoder makes of sentences, end to end in their order. Evaluation mode, no gradients. A batch
/// takes sentences as they come, up to `units` units.
SPANLAB_API Features encode_features(Encoder& encoder, std::span<const Item> items,
                                     at::Device device = at::kCPU, std::int64_t units = 1024);

/// The sentence as the frozen part of `encoder` (Encoder::frozen(), not null) reads it: `encoded` itself, or
/// its inner encoding.
SPANLAB_API EncodedSentence& frozen_encoding(Encoder& encoder, EncodedSentence& encoded);

/// The sentences as the frozen part of `encoder` reads them.
SPANLAB_API std::vector<Item> frozen_items(Encoder& encoder, std::span<const Sentence> sentences,
                                           std::span<EncodedSentence> encoded);

}  // namespace spanlab::host
