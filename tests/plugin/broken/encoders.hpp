// SPDX-License-Identifier: MIT
#pragma once

#include <ATen/ATen.h>

#include <functional>
#include <map>

#include "spanlab/encoder.hpp"
#include "spanlab/error.hpp"
#include "spanlab/span_ops.hpp"

namespace broken {

using namespace spanlab;

/// A vector for each word, by the words' own numbers, as it should be.
class GoodEncoder : public Encoder {
 public:
  explicit GoodEncoder(const EncoderSetup& setup) {
    at::Tensor table = at::empty({kRows, kWidth});
    fill_normal(table, 1, setup.generator);
    table_ = register_parameter("table", table);
  }

 protected:
  static constexpr std::int64_t kRows = 16, kWidth = 6;

  std::int64_t do_width() const override { return kWidth; }
  EncodedSentence do_encode(const Sentence& sentence) const override {
    if (sentence.words.empty()) throw Error(ErrorKind::data, sentence.id, "has no words");
    EncodedSentence encoded;
    for (const std::string& word : sentence.words) {
      const std::int64_t unit = std::ssize(encoded.ids);
      encoded.ids.push_back(id(word));
      encoded.words.push_back({unit, unit + 1});
    }
    return encoded;
  }
  Features do_forward(const Batch& batch, Pass&) override {
    const at::Tensor units = table_.index_select(0, batch.ids);
    std::vector<at::Tensor> sentences;
    for (std::int64_t s = 0; s < batch.size(); ++s)
      sentences.push_back(units.slice(0, batch.unit_offsets[s], batch.unit_offsets[s + 1]).mean(0));
    return {units, at::stack(sentences)};
  }

  virtual std::int64_t id(const std::string& word) const {
    std::uint64_t sum = 0;
    for (const char c : word) sum = 31 * sum + static_cast<unsigned char>(c);
    return static_cast<std::int64_t>(sum % kRows);
  }

  at::Tensor table_;
};

struct MissingUnit : GoodEncoder {
  using GoodEncoder::GoodEncoder;
  Features do_forward(const Batch& batch, Pass& pass) override {
    Features features = GoodEncoder::do_forward(batch, pass);
    features.units = features.units.slice(0, 1);
    return features;
  }
};

struct LosesWord : GoodEncoder {
  using GoodEncoder::GoodEncoder;
  EncodedSentence do_encode(const Sentence& sentence) const override {
    EncodedSentence encoded = GoodEncoder::do_encode(sentence);
    if (encoded.words.size() > 1) encoded.words.pop_back();
    return encoded;
  }
};

/// Its features depend on the neighbours in the batch, which the promise of `.frozen()` excludes.
struct SeesNeighbours : GoodEncoder {
  using GoodEncoder::GoodEncoder;
  Features do_forward(const Batch& batch, Pass& pass) override {
    Features features = GoodEncoder::do_forward(batch, pass);
    features.units = features.units - features.units.mean(0, /*keepdim=*/true);
    return features;
  }
};

/// Numbers words as it meets them in training, and stores nothing of it.
struct ForgetsWords : GoodEncoder {
  explicit ForgetsWords(const EncoderSetup& setup) : GoodEncoder(setup) {
    for (const Sentence& sentence : setup.training) {
      for (const std::string& word : sentence.words)
        known_.emplace(word, std::ssize(known_) % (kRows - 1) + 1);
    }
  }
  std::int64_t id(const std::string& word) const override {
    const auto found = known_.find(word);
    return found == known_.end() ? 0 : found->second;
  }
  std::map<std::string, std::int64_t> known_;
};

struct NoWordsAccepted : GoodEncoder {
  using GoodEncoder::GoodEncoder;
  EncodedSentence do_encode(const Sentence& sentence) const override {
    return sentence.words.empty() ? EncodedSentence() : GoodEncoder::do_encode(sentence);
  }
};

}  // namespace broken
