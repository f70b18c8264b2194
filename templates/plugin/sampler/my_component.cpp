// SPDX-License-Identifier: MIT
#include "my_component.hpp"

#include <algorithm>

#include "spanlab/plugin.hpp"

namespace {

using spanlab::Entity;
using spanlab::Span;

constexpr std::int64_t kNegatives = 20;  // of a sentence
constexpr std::int32_t kWidest = 10;     // words

/// Moves up to `count` of `from`, drawn without replacement, to the end of `to`.
std::int64_t draw(std::vector<Span>& from, std::int64_t count, std::vector<Span>& to,
                  spanlab::Generator& generator) {
  std::int64_t drawn = 0;
  for (; drawn < count && !from.empty(); ++drawn) {
    std::swap(from[generator.below(from.size())], from.back());
    to.push_back(from.back());
    from.pop_back();
  }
  return drawn;
}

/// Of the negative spans a share overlaps gold entities.
class MyComponent : public spanlab::Sampler {
 public:
  explicit MyComponent(double share) : share_(share) {}

 protected:
  // Gold spans first, as given, then negatives.
  spanlab::SpanSample do_sample_spans(const spanlab::Sentence& sentence, const spanlab::Annotation& gold,
                                      spanlab::Generator& generator) const override {
    spanlab::SpanSample sample;
    for (const Entity& entity : gold.entities) {
      sample.gold.push_back({static_cast<std::int32_t>(sample.spans.size())});
      sample.spans.push_back(entity.span);
    }
    std::vector<Span> near, far;
    for (const Span& span : do_evaluation_spans(sentence)) {
      if (std::ranges::find(gold.entities, span, &Entity::span) != gold.entities.end()) continue;
      const auto shares_a_word = [&](const Entity& entity) { return overlap(entity.span, span); };
      (std::ranges::any_of(gold.entities, shares_a_word) ? near : far).push_back(span);
    }
    const auto wanted = static_cast<std::int64_t>(share_ * kNegatives + 0.5);
    const std::int64_t drawn = draw(near, wanted, sample.spans, generator);
    draw(far, kNegatives - drawn, sample.spans, generator);
    return sample;
  }

  std::vector<Span> do_evaluation_spans(const spanlab::Sentence& sentence) const override {
    const auto words = static_cast<std::int32_t>(sentence.words.size());
    std::vector<Span> spans;
    for (std::int32_t width = 1; width <= std::min(kWidest, words); ++width) {
      for (std::int32_t begin = 0; begin + width <= words; ++begin) spans.push_back({begin, begin + width});
    }
    return spans;
  }

 private:
  double share_;
};

}  // namespace

spanlab::Schema my_component_schema() {
  return spanlab::Schema()
      .number("share", 0.5, "share of the negatives that overlap a gold entity, as far as there are so many")
      .range(0, 1);
}

std::shared_ptr<spanlab::Sampler> make_my_component(const spanlab::Parameters& parameters,
                                                    const spanlab::SamplerSetup&) {
  return std::make_shared<MyComponent>(parameters.number("share"));
}

SPANLAB_PLUGIN("my_component", "0.1", "your name") {
  registrar.sampler({.id = "my_component",
                     .summary = "negatives that overlap gold entities come first",
                     .schema = my_component_schema()},
                    make_my_component);
}
