// SPDX-License-Identifier: MIT
#include "spanlab/marked_text.hpp"

#include <algorithm>

#include "spanlab/plain_text.hpp"

namespace spanlab {

namespace {

std::vector<Sentence> cut(const std::string& text, std::span<const TextWord> words,
                          std::span<const std::size_t> ends) {
  std::vector<Sentence> sentences(ends.size());
  for (std::size_t s = 0, word = 0; s < ends.size(); ++s) {
    sentences[s].views.emplace_back();
    for (; word < ends[s]; ++word)
      sentences[s].words.push_back(text.substr(words[word].begin, words[word].end - words[word].begin));
  }
  return sentences;
}

}  // namespace

std::vector<Sentence> sentences_of(
    const MarkedPart& part, LeftOut& left_out,
    const std::function<void(const MarkedEntity&, std::size_t, std::int32_t)>& placed) {
  const std::vector<TextWord> words = words_of(part.text);
  const std::vector<std::size_t> ends = sentence_ends(part.text, words);
  std::vector<Sentence> sentences = cut(part.text, words, ends);
  for (const MarkedEntity& entity : part.entities) {
    const std::optional<Span> span = words_in(words, entity.begin, entity.end);
    if (!span) continue;  // a mark around nothing is told when the file is read
    const std::size_t s = static_cast<std::size_t>(
        std::ranges::upper_bound(ends, static_cast<std::size_t>(span->begin)) - ends.begin());
    const auto start = static_cast<std::int32_t>(s == 0 ? 0 : ends[s - 1]);
    if (static_cast<std::size_t>(span->end) > ends[s]) {
      ++left_out.entities;
      placed(entity, s, -1);
      continue;
    }
    std::vector<Entity>& entities = sentences[s].views[0].entities;
    const Entity whole{{span->begin - start, span->end - start}, entity.type};
    // Two marks inside one word are one entity.
    const auto same = std::ranges::find(entities, whole);
    if (same != entities.end()) ++left_out.entities;
    placed(entity, s, static_cast<std::int32_t>(same - entities.begin()));
    if (same == entities.end()) entities.push_back(whole);
  }
  return sentences;
}

}  // namespace spanlab
