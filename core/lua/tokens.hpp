// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace spanlab::host::lua {

/// A piece of a Lua text. Keywords are `symbol`s; `text` of a string is its value (of a long one, its body).
struct Token {
  enum class Kind { name, string, number, symbol, end };
  Kind kind = Kind::end;
  std::string text;
  int line = 1;
  bool spaced = true;  ///< blanks or a line's end stand before it

  bool is(std::string_view symbol) const { return kind == Kind::symbol && text == symbol; }
};

/// The tokens of a Lua 5.4 text, closed by one of kind `end`. Comments are left out; what Lua would refuse is
/// skipped.
std::vector<Token> tokens(std::string_view text);

}  // namespace spanlab::host::lua
