// SPDX-License-Identifier: MIT
#include "sdk/look_alike.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sdk/unicode.hpp"

namespace spanlab {

namespace {

// What of a text a reader sees: letters composed, every blank the same, nothing that has no form.
std::u32string seen(std::u32string_view text) {
  std::u32string visible;
  for (char32_t c : unicode::normalise(text, unicode::Form::composed)) {
    if (unicode::is_space(c)) {
      visible += U' ';
    } else if (!unicode::is_other(c)) {
      visible += c;
    }
  }
  return visible;
}

std::string code_points(std::u32string_view text) {
  std::string names;
  for (char32_t c : text) {
    names += fmt::format("{}U+{:04X}", names.empty() ? "" : " ", static_cast<std::uint32_t>(c));
  }
  return names.empty() ? "nothing" : names;
}

}  // namespace

std::string look_alike(std::string_view got, std::string_view expected) {
  const std::u32string one = unicode::decode(got), other = unicode::decode(expected);
  if (one == other || seen(one) != seen(other)) return "";
  const auto first = static_cast<std::size_t>(std::ranges::mismatch(one, other).in1 - one.begin());
  const std::size_t rest = std::min(one.size(), other.size()) - first;
  std::size_t same = 0;
  while (same < rest && one[one.size() - 1 - same] == other[other.size() - 1 - same]) ++same;
  const auto part = [&](const std::u32string& text, std::size_t begin) {
    return code_points(std::u32string_view(text).substr(begin, text.size() - same - begin));
  };
  const bool is_added = first == one.size() - same || first == other.size() - same;
  const std::size_t begin = first > 0 && is_added ? first - 1 : first;  // a letter stands with its marks
  const auto composed = [](const std::u32string& text) {
    return unicode::normalise(text, unicode::Form::composed);
  };
  const char* cure = "; one of the files has composed letters, the other decomposed ones: bring both to NFC";
  return fmt::format(" (they look alike: {}, expected {}{})", part(one, begin), part(other, begin),
                     composed(one) == composed(other) ? cure : "");
}

}  // namespace spanlab
