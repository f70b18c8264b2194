// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "spanlab/error.hpp"

namespace spanlab::host::lua {

inline constexpr std::size_t kNone = static_cast<std::size_t>(-1);

/// One entry of a table constructor as it is written.
struct EntryText {
  enum class Form { named, positional, computed };  ///< `key = v` or `["key"] = v`; `v`; `[expression] = v`
  Form form = Form::positional;
  std::string key;  ///< of `named`
  int line = 0;
  bool open = false;          ///< a call or `...`, which may give no value or several
  std::size_t table = kNone;  ///< the constructor that is its whole value
  std::string number;  ///< the literal of a positional entry that is nothing but a number without a point
  enum class Comma { none, tight, spaced };
  Comma comma = Comma::none;  ///< what follows: nothing, a comma with the next entry at once, or a comma or
                              ///< `;` and blanks
};

/// A table constructor and the call that it is the argument of: `callee "argument" { … }`, both empty where
/// there is none.
struct TableText {
  std::string callee;
  std::string argument;
  int first_line = 0;  ///< where the call begins, or the constructor
  int line = 0;        ///< of the opening brace
  std::vector<EntryText> entries;
};

/// Every table constructor of a Lua text. Values do not tell what was written: `nil` fields vanish, of equal
/// keys the last wins. The text must be one that Lua has compiled.
class SourceText {
 public:
  SourceText(std::string name, std::string_view text);

  const std::string& name() const { return name_; }
  /// About what it takes in memory.
  std::size_t bytes() const;
  const TableText& table(std::size_t index) const { return tables_[index]; }

  /// The constructors that are arguments of `callee` (and of the curried `argument`, if not empty) in a call
  /// around `line`.
  std::vector<const TableText*> find(std::string_view callee, std::string_view argument, int line) const;

  /// Keys that one constructor holds twice.
  std::vector<Problem> duplicate_keys() const;

  /// Commas inside lists that look like decimal ones: one without a blank among others with one, `{ 0,5, 1
  /// }`, or one before a zero, `0,05`.
  std::vector<Problem> decimal_commas() const;

 private:
  std::string name_;
  std::vector<TableText> tables_;
};

}  // namespace spanlab::host::lua
