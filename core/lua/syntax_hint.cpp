// SPDX-License-Identifier: MIT
#include "lua/syntax_hint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <vector>

#include "lua/tokens.hpp"

namespace spanlab::host::lua {

namespace {

using Tokens = std::vector<Token>;

bool is_one_of(const Token& token, std::initializer_list<std::string_view> symbols) {
  return std::ranges::any_of(symbols, [&](std::string_view symbol) { return token.is(symbol); });
}

bool ends_value(const Token& token) {
  return token.kind == Token::Kind::name || token.kind == Token::Kind::string ||
         token.kind == Token::Kind::number ||
         is_one_of(token, {"}", ")", "]", "true", "false", "nil", "end", "..."});
}

// The place of the first token of the entry that the token at `i` stands in.
std::size_t entry_begin(const Tokens& tokens, std::size_t i) {
  while (i > 0 && !is_one_of(tokens[i - 1], {"{", ",", ";", "=", "("})) --i;
  return i;
}

std::string comma_hint(const Token& before, const Token& after) {
  if (before.line < after.line) return fmt::format("\n   a comma is missing after line {}", before.line);
  return "\n   a comma is missing before it";
}

// For what stands before a `=` and is no key by itself: `train.epochs`, `iou-factor`, `no dropout`.
std::string key_hint(const Tokens& tokens, std::size_t begin, std::size_t end) {
  std::string key;
  for (std::size_t i = begin; i < end; ++i) {
    const bool is_word = tokens[i].kind == Token::Kind::name || tokens[i].kind == Token::Kind::number;
    const bool fits = is_word || is_one_of(tokens[i], {".", "-", "/", "+"});
    if (!fits || tokens[i].line != tokens[begin].line) return "";
    key += (i > begin && tokens[i].spaced ? " " : "") + tokens[i].text;
  }
  return fmt::format("\n   a key that is more than one name stands in brackets and quotes: [\"{}\"] = …",
                     key);
}

// The hint for the token at `i` being refused.
std::string hint_at(const Tokens& tokens, std::size_t i) {
  const std::size_t begin = entry_begin(tokens, i);
  if (i == 0 || begin == i) return "";
  if (tokens[i].is("=")) {
    // `a = x` in one line and `["b"] = 2` in the next is an index of x.
    if (i > begin + 3 && tokens[i - 1].is("]") && tokens[i - 3].is("["))
      return comma_hint(tokens[i - 4], tokens[i - 3]);
    return i > begin + 1 ? key_hint(tokens, begin, i) : "";
  }
  std::size_t sign = i;
  while (sign + 1 < tokens.size() && tokens[sign].kind == Token::Kind::name &&
         tokens[sign].line == tokens[begin].line)
    ++sign;
  const bool is_key = begin > 0 && !tokens[begin - 1].is("=") && tokens[begin].kind == Token::Kind::name;
  if (is_key && tokens[sign].is("=")) return key_hint(tokens, begin, sign);
  return ends_value(tokens[i - 1]) ? comma_hint(tokens[i - 1], tokens[i]) : "";
}

}  // namespace

std::string syntax_hint(std::string_view text, const Problem& problem) {
  const std::string_view message = problem.message, near = " near '";
  const std::size_t quote = message.rfind(near), colon = problem.place.rfind(':');
  const bool is_known = message.starts_with("'}' expected") || message.starts_with("')' expected");
  if (!is_known || quote == message.npos || colon == std::string::npos) return "";
  const std::string_view refused =
      message.substr(quote + near.size(), message.size() - quote - near.size() - 1);
  int line = 0;
  std::from_chars(problem.place.data() + colon + 1, problem.place.data() + problem.place.size(), line);
  const Tokens found = tokens(text);
  for (std::size_t i = 0; i < found.size(); ++i) {
    const bool quoted =
        !refused.empty() && std::string_view("\"'[").find(refused[0]) != std::string_view::npos;
    const bool is_string = quoted && found[i].kind == Token::Kind::string;
    if (found[i].line != line || (found[i].text != refused && !is_string)) continue;
    if (std::string hint = hint_at(found, i); !hint.empty()) return hint;
  }
  return "";
}

}  // namespace spanlab::host::lua
