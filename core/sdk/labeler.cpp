// SPDX-License-Identifier: MIT
#include "spanlab/labeler.hpp"

#include "sdk/answers.hpp"
#include "spanlab/tags.hpp"

namespace spanlab {

SoftLabeler::~SoftLabeler() = default;

void SoftLabeler::do_label_words(const Sentence& sentence, std::size_t view, std::size_t types,
                                 std::span<float> targets) const {
  const std::vector<std::int64_t> tags =
      to_tags(sentence.views[view], static_cast<std::int64_t>(sentence.words.size()));
  for (std::size_t word = 0; word < tags.size(); ++word) {
    if (tags[word] > 0) targets[word * types + static_cast<std::size_t>(tags[word]) - 1] = 1;
  }
}

void SoftLabeler::label_spans(const Sentence& sentence, std::size_t view, const SpanSample& sample,
                              std::size_t types, std::span<float> targets) const {
  const Call call(context(), "label_spans");
  call([&] { do_label_spans(sentence, view, sample, types, targets); });
  check_targets(call, targets);
}

void SoftLabeler::label_pairs(const Sentence& sentence, std::size_t view, const SpanSample& spans,
                              const PairSample& sample, std::size_t types, std::span<float> targets) const {
  const Call call(context(), "label_pairs");
  call([&] { do_label_pairs(sentence, view, spans, sample, types, targets); });
  check_targets(call, targets);
}

void SoftLabeler::label_words(const Sentence& sentence, std::size_t view, std::size_t types,
                              std::span<float> targets) const {
  const Call call(context(), "label_words");
  call([&] { do_label_words(sentence, view, types, targets); });
  check_targets(call, targets);
}

}  // namespace spanlab
