// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "spanlab/annotation.hpp"
#include "spanlab/export.hpp"

// Texts that come without words and sentences, cut in the manner of the corpora that do have them (SciERC's
// abstracts).
namespace spanlab {

/// A word of a text: its bytes [begin, end).
struct TextWord {
  std::size_t begin;
  std::size_t end;
};

/// A space, a tab or another character that ends a line or a page.
inline bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/// The words: what blanks part, with brackets, quotes, punctuation and `'s` as words of their own. A full
/// stop stays with its word in `e.g.` and `U.S.`.
SPANLAB_API std::vector<TextWord> words_of(std::string_view text);

/// Where sentences end, as exclusive word numbers, the last being the number of words: after `.`, `?` and `!`
/// (and what closes with them) unless a known abbreviation stands before or a small letter follows.
SPANLAB_API std::vector<std::size_t> sentence_ends(std::string_view text, std::span<const TextWord> words);

/// The words that have bytes in [begin, end); nothing if there are none. Numbers count from 0 in the text.
SPANLAB_API std::optional<Span> words_in(std::span<const TextWord> words, std::size_t begin, std::size_t end);

}  // namespace spanlab
