// SPDX-License-Identifier: MIT
#include "lua/source.hpp"

#include "lua/tokens.hpp"

namespace spanlab::host::lua {

namespace {

// Reads table constructors out of a list of tokens. Expressions are skipped, not understood.
class Parser {
 public:
  Parser(const std::vector<Token>& tokens, std::vector<TableText>& tables)
      : tokens_(tokens), tables_(tables) {}

  void run() {
    while (now().kind != Token::Kind::end) {
      if (now().is("{"))
        constructor();
      else
        ++at_;
    }
  }

 private:
  const Token& now(std::size_t ahead = 0) const { return tokens_[std::min(at_ + ahead, tokens_.size() - 1)]; }

  // What stands before the brace: `a.b.callee "argument"`, `callee`, `callee("argument")(`, `object:callee`.
  void read_call(TableText& table) const {
    std::size_t i = at_;
    auto before = [&]() -> const Token& { return i > 0 ? tokens_[i - 1] : tokens_.back(); };
    if (before().is("(")) --i;
    bool bracketed = before().is(")");
    if (bracketed) --i;
    std::string argument;
    if (before().kind == Token::Kind::string) {
      argument = before().text;
      --i;
      if (bracketed && before().is("(")) --i;
    }
    if (before().kind != Token::Kind::name) return;
    table.callee = before().text;
    table.argument = argument;
    table.first_line = before().line;
    --i;
    while (i > 1 && (before().is(".") || before().is(":")) && tokens_[i - 2].kind == Token::Kind::name) {
      i -= 2;
      table.first_line = tokens_[i].line;
    }
  }

  std::size_t constructor() {
    const std::size_t index = tables_.size();
    tables_.emplace_back();
    TableText table{.first_line = now().line, .line = now().line};
    read_call(table);
    ++at_;
    while (!now().is("}") && now().kind != Token::Kind::end) {
      table.entries.push_back(entry());
      if (!now().is(",") && !now().is(";")) continue;
      table.entries.back().comma = now().is(",") && !now().spaced && !now(1).spaced
                                       ? EntryText::Comma::tight
                                       : EntryText::Comma::spaced;
      ++at_;
    }
    ++at_;
    tables_[index] = std::move(table);
    return index;
  }

  EntryText entry() {
    EntryText entry{.line = now().line};
    if (now().kind == Token::Kind::name && now(1).is("=")) {
      entry.form = EntryText::Form::named;
      entry.key = now().text;
      at_ += 2;
    } else if (now().is("[")) {
      bool literal = now(1).kind == Token::Kind::string && now(2).is("]");
      entry.form = literal ? EntryText::Form::named : EntryText::Form::computed;
      entry.key = literal ? now(1).text : "";
      ++at_;
      skip_to({"]"});
      at_ += 2;  // `]` and `=`
    }
    value(entry);
    return entry;
  }

  void value(EntryText& entry) {
    if (now().is("{")) {
      entry.table = constructor();
      if (!now().is(",") && !now().is(";") && !now().is("}")) entry.table = kNone;
    }
    std::size_t begin = at_;
    skip_to({",", ";", "}"});
    if (entry.form == EntryText::Form::positional) entry.number = whole_number(begin);
    const Token& last = tokens_[at_ > 0 ? at_ - 1 : 0];
    entry.open =
        at_ > begin && (last.is(")") || last.is("...") || last.is("}") || last.kind == Token::Kind::string);
  }

  // The literal, if the tokens from `begin` to here are one number without a point.
  std::string whole_number(std::size_t begin) const {
    const std::string sign = begin < at_ && tokens_[begin].is("-") ? "-" : "";
    const std::size_t place = begin + sign.size();
    if (place + 1 != at_ || tokens_[place].kind != Token::Kind::number) return "";
    return tokens_[place].text.find('.') == std::string::npos ? sign + tokens_[place].text : "";
  }

  // Goes to the first of `closers` outside brackets and function bodies, reading the constructors on the way.
  void skip_to(std::initializer_list<std::string_view> closers) {
    int depth = 0;
    while (now().kind != Token::Kind::end) {
      const Token& token = now();
      if (depth == 0 &&
          std::ranges::any_of(closers, [&](std::string_view closer) { return token.is(closer); }))
        return;
      if (token.is("{")) {
        constructor();
        continue;
      }
      if (token.is("(") || token.is("[") || token.is("function") || token.is("do") || token.is("if") ||
          token.is("repeat"))
        ++depth;
      if (token.is(")") || token.is("]") || token.is("end") || token.is("until")) --depth;
      ++at_;
    }
  }

  const std::vector<Token>& tokens_;
  std::vector<TableText>& tables_;
  std::size_t at_ = 0;
};

}  // namespace

SourceText::SourceText(std::string name, std::string_view text) : name_(std::move(name)) {
  const std::vector<Token> found = tokens(text);
  Parser(found, tables_).run();
}

std::size_t SourceText::bytes() const {
  std::size_t bytes = tables_.size() * sizeof(TableText);
  for (const TableText& table : tables_) bytes += table.entries.size() * sizeof(EntryText);
  return bytes;
}

std::vector<const TableText*> SourceText::find(std::string_view callee, std::string_view argument,
                                               int line) const {
  std::vector<const TableText*> found;
  for (const TableText& table : tables_) {
    bool same = table.callee == callee && (argument.empty() || table.argument == argument);
    if (same && line >= table.first_line && line <= table.line) found.push_back(&table);
  }
  return found;
}

std::vector<Problem> SourceText::duplicate_keys() const {
  std::vector<Problem> problems;
  for (const TableText& table : tables_) {
    std::map<std::string, int> seen;
    for (const EntryText& entry : table.entries) {
      if (entry.form != EntryText::Form::named) continue;
      auto [first, is_new] = seen.emplace(entry.key, entry.line);
      if (is_new) continue;
      problems.push_back({fmt::format("{}:{}", name_, entry.line),
                          fmt::format("key '{}' stands twice, first in line {}", entry.key, first->second)});
    }
  }
  return problems;
}

std::vector<Problem> SourceText::decimal_commas() const {
  using Comma = EntryText::Comma;
  std::vector<Problem> found;
  for (const TableText& table : tables_) {
    const std::vector<EntryText>& entries = table.entries;
    const bool blanks =
        std::ranges::any_of(entries, [](const EntryText& entry) { return entry.comma == Comma::spaced; });
    const auto is_tight = [&](std::size_t i) {
      return i < entries.size() && entries[i].comma == Comma::tight;
    };
    for (std::size_t i = 0; i + 1 < entries.size(); ++i) {
      const std::string &left = entries[i].number, &right = entries[i + 1].number;
      if (!is_tight(i) || left.empty() || right.empty() || right.front() == '-') continue;
      const bool alone = !is_tight(i + 1) && (i == 0 || !is_tight(i - 1));
      const bool before_zero = right.size() > 1 && right.front() == '0' && right[1] >= '0' && right[1] <= '9';
      if (!before_zero && !(alone && blanks)) continue;
      found.push_back(
          {fmt::format("{}:{}", name_, entries[i].line),
           fmt::format("{},{} are two values; with a decimal point it is {}.{}", left, right, left, right)});
    }
  }
  return found;
}

}  // namespace spanlab::host::lua
