// SPDX-License-Identifier: MIT
#include "spanlab/labeler.hpp"

#include "spanlab/tags.hpp"

namespace spanlab {

SoftLabeler::~SoftLabeler() = default;
void SoftLabeler::label_words(const Sentence& sentence, std::size_t view, std::size_t types,
                              std::span<float> targets) const {
  const std::vector<std::int64_t> tags =
      to_tags(sentence.views[view], static_cast<std::int64_t>(sentence.words.size()));
  for (std::size_t word = 0; word < tags.size(); ++word) {
    if (tags[word] > 0) targets[word * types + static_cast<std::size_t>(tags[word]) - 1] = 1;
  }
}

}  // namespace spanlab
