// SPDX-License-Identifier: MIT
#include "store/query.hpp"

#include <charconv>
#include <cmath>
#include <optional>

#include "spanlab/error.hpp"

namespace spanlab::host {

namespace {

struct Token {
  std::string text;
  std::size_t column = 1;
  bool quoted = false;  ///< it begins with a quote: it is no number and no word of the language
};

class QueryReader {
 public:
  explicit QueryReader(const std::string& text) : text_(text) { next(); }

  bool at_end() const { return !token_; }

  Token take(std::string_view expected) {
    column_ = token_ ? token_->column : text_.size() + 1;
    if (!token_) fail(expected, "the end");
    Token taken = *token_;
    next();
    return taken;
  }
  // About the token taken last.
  [[noreturn]] void fail(std::string_view expected, const std::string& got,
                         std::string_view hint = "") const {
    throw Error(ErrorKind::usage, fmt::format("--where, column {}", column_),
                fmt::format("expected {}, got {} in \"{}\"{}", expected, got, text_, hint));
  }

 private:
  static bool is_quote(char c) { return c == '\'' || c == '"'; }
  static bool is_operator(char c) { return c == '=' || c == '!' || c == '<' || c == '>'; }

  void next() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    if (at_ == text_.size()) {
      token_.reset();
      return;
    }
    Token token{"", at_ + 1, false};
    const std::size_t begin = at_;
    const bool operators = is_operator(text_[at_]);
    while (at_ < text_.size() && text_[at_] != ' ' && is_operator(text_[at_]) == operators) {
      if (is_quote(text_[at_])) {
        token.quoted = token.quoted || at_ == begin;
        quoted(token.text);
      } else {
        token.text += text_[at_++];
      }
    }
    token_ = std::move(token);
  }

  // What stands between two quotes; a doubled one stands for itself.
  void quoted(std::string& text) {
    const std::size_t begin = at_;
    const char quote = text_[at_++];
    for (; at_ < text_.size(); ++at_) {
      const bool doubled = text_.compare(at_, 2, std::string(2, quote)) == 0;
      if (text_[at_] == quote && !doubled) {
        ++at_;
        return;
      }
      text += text_[at_];
      at_ += doubled;
    }
    throw Error(ErrorKind::usage, fmt::format("--where, column {}", begin + 1),
                "the quoted text does not end");
  }

  std::string text_;
  std::size_t at_ = 0;
  std::size_t column_ = 1;
  std::optional<Token> token_;
};

constexpr std::string_view kPath = "a path such as train.epochs or entity.f1",
                           kOperator = "one of = != < <= > >=";

std::optional<Comparison> comparison(const std::string& text) {
  if (text == "=" || text == "==") return Comparison::equal;
  if (text == "!=") return Comparison::unequal;
  if (text == "<") return Comparison::less;
  if (text == "<=") return Comparison::at_most;
  if (text == ">") return Comparison::greater;
  if (text == ">=") return Comparison::at_least;
  return std::nullopt;
}

nlohmann::json value_of(const Token& token) {
  if (token.quoted) return token.text;
  if (token.text == "true") return true;
  if (token.text == "false") return false;
  if (token.text == "null" || token.text == "nil") return nullptr;
  double number = 0;
  auto [end, error] = std::from_chars(token.text.data(), token.text.data() + token.text.size(), number);
  if (error == std::errc() && end == token.text.data() + token.text.size() && std::isfinite(number)) {
    return number;
  }
  return token.text;
}

}  // namespace

std::vector<Condition> parse_query(const std::string& text) {
  std::vector<Condition> conditions;
  QueryReader reader(text);
  while (true) {
    Token path = reader.take(kPath);
    if (!path.quoted && comparison(path.text)) reader.fail(kPath, '"' + path.text + '"');
    Token op = reader.take(kOperator);
    auto known = comparison(op.text);
    if (!known || op.quoted) {
      reader.fail(kOperator, '"' + op.text + '"', "; a name with blanks or these signs stands in quotes");
    }
    Token value = reader.take("a value");
    if (!value.quoted && comparison(value.text)) reader.fail("a value", '"' + value.text + '"');
    conditions.push_back({path.text, *known, value_of(value)});
    bool ordered = *known != Comparison::equal && *known != Comparison::unequal;
    if (ordered && !conditions.back().value.is_number()) {
      reader.fail("a number after " + op.text, '"' + value.text + '"');
    }
    if (reader.at_end()) return conditions;
    Token joint = reader.take("'and'");
    if (joint.text != "and" || joint.quoted) reader.fail("'and'", '"' + joint.text + '"');
  }
}

}  // namespace spanlab::host
