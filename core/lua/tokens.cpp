// SPDX-License-Identifier: MIT
#include "lua/tokens.hpp"

#include <array>

namespace spanlab::lua {

namespace {

constexpr std::array<std::string_view, 22> kKeywords{"and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if",
                                                     "in", "local", "nil", "not", "or", "repeat", "return", "then", "true", "until", "while"};

bool is_name(char c) { return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  std::vector<Token> run() {
    if (peek() == '#') skip_line();
    for (;;) {
      skip_blank();
      Token token = next();
      found_.push_back(token);
      if (token.kind == Token::Kind::end) return std::move(found_);
    }
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  bool done() const { return at_ >= text_.size(); }
  void advance() {
    if (peek() == '\n') ++line_;
    ++at_;
  }
  void skip_line() {
    while (!done() && peek() != '\n') advance();
  }

  // The number of `=` of a long bracket that opens here, or -1.
  int long_bracket() const {
    if (peek() != '[') return -1;
    std::size_t signs = 0;
    while (peek(1 + signs) == '=') ++signs;
    return peek(1 + signs) == '[' ? static_cast<int>(signs) : -1;
  }

  std::string long_text(int signs) {
    const std::string close = "]" + std::string(static_cast<std::size_t>(signs), '=') + "]";
    for (int i = 0; i < signs + 2; ++i) advance();
    if (peek() == '\n') advance();
    std::string body;
    while (!done() && text_.substr(at_, close.size()) != close) {
      body += peek();
      advance();
    }
    for (std::size_t i = 0; i < close.size() && !done(); ++i) advance();
    return body;
  }

  void skip_blank() {
    for (;;) {
      while (!done() && (peek() == ' ' || (peek() >= '\t' && peek() <= '\r'))) advance();
      if (peek() != '-' || peek(1) != '-') return;
      at_ += 2;
      if (int signs = long_bracket(); signs >= 0) long_text(signs);
      else skip_line();
    }
  }

  // Escapes that could stand in a path or a name are read; others stay as they are written.
  std::string short_text() {
    const char quote = peek();
    std::string body;
    advance();
    while (!done() && peek() != quote) {
      if (peek() == '\\') {
        advance();
        body += peek() == 'n' ? '\n' : peek() == 't' ? '\t' : peek();
      } else {
        body += peek();
      }
      advance();
    }
    advance();
    return body;
  }

  std::string while_(bool (*wanted)(char)) {
    std::string text;
    while (!done() && wanted(peek())) {
      text += peek();
      advance();
    }
    return text;
  }

  std::string number() {
    std::string text;
    while (!done() && (is_name(peek()) || peek() == '.' || ((peek() == '+' || peek() == '-') && !text.empty() && exponent(text)))) {
      text += peek();
      advance();
    }
    return text;
  }

  static bool exponent(const std::string& text) {
    bool hexadecimal = text.size() > 1 && (text[1] == 'x' || text[1] == 'X');
    char last = text.back();
    return hexadecimal ? last == 'p' || last == 'P' : last == 'e' || last == 'E';
  }

  Token next() {
    const int line = line_;
    if (done()) return {Token::Kind::end, "", line};
    if (peek() == '"' || peek() == '\'') return {Token::Kind::string, short_text(), line};
    if (int signs = long_bracket(); signs >= 0) return {Token::Kind::string, long_text(signs), line};
    if (is_digit(peek()) || (peek() == '.' && is_digit(peek(1)))) return {Token::Kind::number, number(), line};
    if (is_name(peek())) {
      std::string word = while_(is_name);
      bool keyword = false;
      for (std::string_view known : kKeywords) keyword = keyword || known == word;
      return {keyword ? Token::Kind::symbol : Token::Kind::name, word, line};
    }
    return {Token::Kind::symbol, symbol(), line};
  }

  std::string symbol() {
    for (std::string_view known : {"...", "..", "==", "~=", "<=", ">=", "//", "::", "<<", ">>"}) {
      if (text_.substr(at_, known.size()) != known) continue;
      at_ += known.size();
      return std::string(known);
    }
    std::string one(1, peek());
    advance();
    return one;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1;
  std::vector<Token> found_;
};

}  // namespace

std::vector<Token> tokens(std::string_view text) { return Lexer(text).run(); }

}  // namespace spanlab::lua
