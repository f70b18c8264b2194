// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <random>

#include "spanlab/labeler.hpp"
#include "spanlab/sampler.hpp"

namespace broken {

using namespace spanlab;

/// Spans as it should be: the gold ones, and half of the others.
class GoodSampler : public Sampler {
 public:
  explicit GoodSampler(const SamplerSetup&) {}

 protected:
  std::vector<Span> do_evaluation_spans(const Sentence& sentence) const override {
    return short_spans(sentence);
  }
  static std::vector<Span> short_spans(const Sentence& sentence) {
    const auto words = static_cast<std::int32_t>(sentence.words.size());
    std::vector<Span> spans;
    for (std::int32_t width = 1; width <= std::min(words, 3); ++width) {
      for (std::int32_t begin = 0; begin + width <= words; ++begin) spans.push_back({begin, begin + width});
    }
    return spans;
  }
  SpanSample do_sample_spans(const Sentence& sentence, const Annotation& gold,
                             Generator& generator) const override {
    SpanSample sample;
    for (const Entity& entity : gold.entities) {
      sample.gold.push_back({static_cast<std::int32_t>(sample.spans.size())});
      sample.spans.push_back(entity.span);
    }
    for (const Span& span : short_spans(sentence)) {
      const bool is_gold = std::ranges::find(gold.entities, span, &Entity::span) != gold.entities.end();
      if (!is_gold && takes(generator)) sample.spans.push_back(span);
    }
    return sample;
  }

  virtual bool takes(Generator& generator) const { return generator.below(2) == 0; }
};

struct EmptyGold : GoodSampler {
  using GoodSampler::GoodSampler;
  SpanSample do_sample_spans(const Sentence& sentence, const Annotation& gold,
                             Generator& generator) const override {
    SpanSample sample = GoodSampler::do_sample_spans(sentence, gold, generator);
    for (GoldItems& items : sample.gold) items.clear();
    return sample;
  }
};

struct Outside : GoodSampler {
  using GoodSampler::GoodSampler;
  SpanSample do_sample_spans(const Sentence& sentence, const Annotation& gold,
                             Generator& generator) const override {
    SpanSample sample = GoodSampler::do_sample_spans(sentence, gold, generator);
    const auto words = static_cast<std::int32_t>(sentence.words.size());
    sample.spans.push_back({words - 1, words + 1});
    return sample;
  }
};

struct GoldIsNegative : GoodSampler {
  using GoodSampler::GoodSampler;
  SpanSample do_sample_spans(const Sentence& sentence, const Annotation& gold,
                             Generator& generator) const override {
    SpanSample sample = GoodSampler::do_sample_spans(sentence, gold, generator);
    for (const Entity& entity : gold.entities) sample.spans.push_back(entity.span);
    return sample;
  }
};

struct OwnRandomness : GoodSampler {
  using GoodSampler::GoodSampler;
  bool takes(Generator&) const override { return std::random_device()() % 2 == 0; }
};

/// Targets of 1 for gold candidates, as it should be.
class GoodLabeler : public SoftLabeler {
 public:
  explicit GoodLabeler(const LabelerSetup&) {}

 protected:
  virtual float target() const { return 1; }
  void do_label_spans(const Sentence& sentence, std::size_t view, const SpanSample& sample, std::size_t types,
                      std::span<float> targets) const override {
    for (std::size_t row = 0; row < sample.gold.size(); ++row) {
      const auto item = static_cast<std::size_t>(sample.gold[row].front());
      const auto type = static_cast<std::size_t>(sentence.views[view].entities[item].type);
      targets[row * types + type] = target();
    }
  }
  void do_label_pairs(const Sentence& sentence, std::size_t view, const SpanSample&, const PairSample& sample,
                      std::size_t types, std::span<float> targets) const override {
    for (std::size_t row = 0; row < sample.gold.size(); ++row) {
      for (const std::int32_t item : sample.gold[row]) {
        const Relation& relation = sentence.views[view].relations[static_cast<std::size_t>(item)];
        targets[row * types + static_cast<std::size_t>(relation.type)] = target();
      }
    }
  }
};

struct OutOfRange : GoodLabeler {
  using GoodLabeler::GoodLabeler;
  float target() const override { return 1.5f; }
};

}  // namespace broken
