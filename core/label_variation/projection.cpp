// SPDX-License-Identifier: MIT
#include "label_variation/projection.hpp"

#include <algorithm>
#include <array>

#include "spanlab/plain_text.hpp"

namespace spanlab::host {

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kSpellings{{{"-LRB-", "("},
                                                                                   {"-RRB-", ")"},
                                                                                   {"-LSB-", "["},
                                                                                   {"-RSB-", "]"},
                                                                                   {"-LCB-", "{"},
                                                                                   {"-RCB-", "}"},
                                                                                   {"``", "\""},
                                                                                   {"''", "\""}}};

// For each byte of `a`, the byte of `b` that stands for it in a longest common subsequence, or -1. Time and
// memory grow with the product of what is left between a common beginning and end.
std::vector<std::int64_t> aligned(std::string_view a, std::string_view b) {
  std::vector<std::int64_t> partner(a.size(), -1);
  std::size_t head = 0, tail = 0;
  for (; head < a.size() && head < b.size() && a[head] == b[head]; ++head)
    partner[head] = static_cast<std::int64_t>(head);
  for (; tail < a.size() - head && tail < b.size() - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail];
       ++tail) {
    partner[a.size() - 1 - tail] = static_cast<std::int64_t>(b.size() - 1 - tail);
  }
  const std::size_t rows = a.size() - head - tail, columns = b.size() - head - tail;
  // length[i][j]: of the longest common subsequence of what follows i in a and j in b.
  std::vector<std::uint32_t> length((rows + 1) * (columns + 1), 0);
  auto at = [&](std::size_t i, std::size_t j) -> std::uint32_t& { return length[i * (columns + 1) + j]; };
  for (std::size_t i = rows; i-- > 0;) {
    for (std::size_t j = columns; j-- > 0;) {
      at(i, j) = a[head + i] == b[head + j] ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
    }
  }
  for (std::size_t i = 0, j = 0; i < rows && j < columns;) {
    if (a[head + i] == b[head + j])
      partner[head + i++] = static_cast<std::int64_t>(head + j++);
    else if (at(i + 1, j) >= at(i, j + 1))
      ++i;
    else
      ++j;
  }
  return partner;
}

}  // namespace

std::string_view spelling(std::string_view word) {
  for (const auto& [written, meant] : kSpellings) {
    if (word == written) return meant;
  }
  return word;
}

Projection::Projection(std::string_view text, std::span<const std::string> words) {
  std::string source, target;
  std::vector<std::int32_t> word_of_byte;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_blank(text[i])) continue;
    source += text[i];
    offsets_.push_back(i);
  }
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view meant = spelling(words[i]);
    target += meant;
    word_of_byte.insert(word_of_byte.end(), meant.size(), static_cast<std::int32_t>(i));
  }
  for (const std::int64_t partner : aligned(source, target))
    word_.push_back(partner < 0 ? -1 : word_of_byte[static_cast<std::size_t>(partner)]);
}

std::optional<Span> Projection::words_of(std::size_t begin, std::size_t end) const {
  std::optional<Span> span;
  for (auto at = std::ranges::lower_bound(offsets_, begin); at != offsets_.end() && *at < end; ++at) {
    const std::int32_t word = word_[static_cast<std::size_t>(at - offsets_.begin())];
    if (word < 0) continue;
    if (!span) span = Span{word, word + 1};
    span->end = word + 1;
  }
  return span;
}

}  // namespace spanlab::host
