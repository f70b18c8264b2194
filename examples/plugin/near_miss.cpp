// SPDX-License-Identifier: MIT
#include <algorithm>

#include "components.hpp"

namespace {

using namespace spanlab;

class NearMiss : public Sampler {
 public:
  explicit NearMiss(const Parameters& parameters)
      : negatives_(parameters.integer("negatives")),
        share_(parameters.number("share")),
        max_width_(static_cast<std::int32_t>(parameters.integer("max_width"))) {}

  SpanSample do_sample_spans(const Sentence& sentence, const Annotation& gold,
                             Generator& generator) const override {
    SpanSample sample;
    std::vector<Span> near, far;
    for (const Entity& entity : gold.entities) {
      sample.gold.push_back({static_cast<std::int32_t>(sample.spans.size())});
      sample.spans.push_back(entity.span);
    }
    for (const Span& span : evaluation_spans(sentence)) {
      if (std::ranges::find(gold.entities, span, &Entity::span) != gold.entities.end()) continue;
      const bool is_near = std::ranges::any_of(
          gold.entities, [&](const Entity& entity) { return overlap(entity.span, span); });
      (is_near ? near : far).push_back(span);
    }
    const auto wanted = static_cast<std::int64_t>(share_ * static_cast<double>(negatives_) + 0.5);
    const std::int64_t taken = move_some(near, wanted, sample.spans, generator);
    move_some(far, negatives_ - taken, sample.spans, generator);
    return sample;
  }

  std::vector<Span> do_evaluation_spans(const Sentence& sentence) const override {
    const auto words = static_cast<std::int32_t>(sentence.words.size());
    std::vector<Span> spans;
    for (std::int32_t width = 1; width <= std::min(max_width_, words); ++width) {
      for (std::int32_t begin = 0; begin + width <= words; ++begin) spans.push_back({begin, begin + width});
    }
    return spans;
  }

 private:
  // Draws up to `count` of `from` without replacement.
  static std::int64_t move_some(std::vector<Span>& from, std::int64_t count, std::vector<Span>& to,
                                Generator& generator) {
    std::int64_t moved = 0;
    for (; moved < count && !from.empty(); ++moved) {
      std::swap(from[generator.below(from.size())], from.back());
      to.push_back(from.back());
      from.pop_back();
    }
    return moved;
  }

  std::int64_t negatives_;
  double share_;
  std::int32_t max_width_;
};

}  // namespace

Schema near_miss_schema() {
  return Schema()
      .integer("negatives", 100, "negative spans per sentence")
      .range(0, 10000)
      .number("share", 0.5,
              "share of the negatives that overlap a gold entity, as far as there are that many")
      .range(0, 1)
      .integer("max_width", 10, "widest span that is a candidate, in training and in evaluation")
      .range(1, 100)
      .unit("words");
}

std::unique_ptr<Sampler> make_near_miss(const Parameters& parameters, const SamplerSetup&) {
  return std::make_unique<NearMiss>(parameters);
}
