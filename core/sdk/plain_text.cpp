// SPDX-License-Identifier: MIT
#include "spanlab/plain_text.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace spanlab {

namespace {

constexpr std::array<std::string_view, 9> kOpening{"(", "[", "{", "\"", "`", "'", "<", "“", "‘"};
constexpr std::array<std::string_view, 15> kClosing{")", "]", "}", "\"", "'", "`", ",", ";",
                                                    ":", "?", "!", "%",  ">", "”", "’"};
constexpr std::array<std::string_view, 18> kAbbreviations{"e.g", "i.e",  "cf",     "al",  "etc",  "vs",
                                                          "fig", "eq",   "sec",    "no",  "resp", "dr",
                                                          "mr",  "prof", "approx", "viz", "ca",   "st"};
constexpr std::string_view kInside = "()[]{}/,;:\"";

template <typename Marks>
std::size_t prefix(std::string_view text, const Marks& marks) {
  for (std::string_view mark : marks) {
    if (text.starts_with(mark)) return mark.size();
  }
  return 0;
}

template <typename Marks>
std::size_t suffix(std::string_view text, const Marks& marks) {
  for (std::string_view mark : marks) {
    if (text.ends_with(mark)) return mark.size();
  }
  return 0;
}

// A full stop ends the word unless it is one of several, each after a single letter.
std::size_t full_stop(std::string_view text) {
  if (!text.ends_with('.')) return 0;
  const std::size_t before = text.rfind('.', text.size() - 2);
  return before == text.npos || text.size() - 2 - before > 1 ? 1 : 0;
}

// Where a mark inside a word stands and how long it is: `(`, `/`, … and the `'s` of a genitive; a comma or
// colon before a digit is none.
std::size_t inner_mark(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  if (rest == "'s" || rest.starts_with("'s-")) return 2;
  if (kInside.find(rest[0]) == kInside.npos) return 0;
  return rest.size() > 1 && std::isdigit(static_cast<unsigned char>(rest[1])) ? 0 : 1;
}

// The words of a piece of text without blanks.
void cut(std::string_view text, std::size_t begin, std::size_t end, std::vector<TextWord>& words) {
  auto piece = [&] { return text.substr(begin, end - begin); };
  std::vector<TextWord> closing;
  for (std::size_t size; (size = prefix(piece(), kOpening)) > 0 && size < end - begin; begin += size)
    words.push_back({begin, begin + size});
  for (std::size_t size;
       (size = std::max(suffix(piece(), kClosing), full_stop(piece()))) > 0 && size < end - begin;
       end -= size) {
    closing.push_back({end - size, end});
  }
  std::size_t start = begin;
  for (std::size_t at = begin; at < end;) {
    const std::size_t size = inner_mark(piece(), at - begin);
    if (size > 0) {
      if (at > start) words.push_back({start, at});
      words.push_back({at, at + size});
      start = at + size;
    }
    at += std::max<std::size_t>(size, 1);
  }
  if (start < end) words.push_back({start, end});
  words.insert(words.end(), closing.rbegin(), closing.rend());
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

}  // namespace

std::vector<TextWord> words_of(std::string_view text) {
  std::vector<TextWord> words;
  for (std::size_t begin = 0; begin < text.size();) {
    if (is_blank(text[begin])) {
      ++begin;
      continue;
    }
    std::size_t end = begin;
    while (end < text.size() && !is_blank(text[end])) ++end;
    cut(text, begin, end, words);
    begin = end;
  }
  return words;
}

std::vector<std::size_t> sentence_ends(std::string_view text, std::span<const TextWord> words) {
  std::vector<std::size_t> ends;
  auto word = [&](std::size_t i) { return text.substr(words[i].begin, words[i].end - words[i].begin); };
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (word(i) != "." && word(i) != "?" && word(i) != "!") continue;
    std::size_t next = i + 1;
    while (next < words.size() &&
           prefix(word(next), std::array<std::string_view, 5>{")", "]", "\"", "'", "”"}) == word(next).size())
      ++next;
    if (next == words.size() || std::islower(static_cast<unsigned char>(word(next)[0]))) continue;
    if (word(i) == "." && i > 0 &&
        std::ranges::find(kAbbreviations, lower(word(i - 1))) != kAbbreviations.end())
      continue;
    if (ends.empty() || ends.back() < next) ends.push_back(next);
  }
  if (!words.empty()) ends.push_back(words.size());
  return ends;
}

std::optional<Span> words_in(std::span<const TextWord> words, std::size_t begin, std::size_t end) {
  const auto first = std::ranges::upper_bound(words, begin, {}, &TextWord::end);
  const auto last = std::ranges::lower_bound(words, end, {}, &TextWord::begin);
  if (first >= last) return std::nullopt;
  return Span{static_cast<std::int32_t>(first - words.begin()),
              static_cast<std::int32_t>(last - words.begin())};
}

}  // namespace spanlab
