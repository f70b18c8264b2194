// SPDX-License-Identifier: MIT
#include "lua/tokens.hpp"

#include <array>
#include <cctype>
#include <cstdint>

namespace spanlab::host::lua {

namespace {

constexpr std::array<std::string_view, 22> kKeywords{
    "and", "break", "do",  "else", "elseif", "end",    "false",  "for",  "function", "goto",  "if",
    "in",  "local", "nil", "not",  "or",     "repeat", "return", "then", "true",     "until", "while"};

bool is_name(char c) {
  return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  std::vector<Token> run() {
    if (peek() == '#') skip_line();
    for (;;) {
      const std::size_t before = at_;
      skip_blank();
      const bool spaced = at_ > before || at_ == 0;
      Token token = next();
      token.spaced = spaced;
      found_.push_back(token);
      if (token.kind == Token::Kind::end) return std::move(found_);
    }
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  bool done() const { return at_ >= text_.size(); }
  bool at_line_end() const { return peek() == '\n' || peek() == '\r'; }
  // Any pair of carriage return and line feed is one line end, as for Lua.
  void advance() {
    if (at_line_end()) {
      ++line_;
      if ((peek(1) == '\n' || peek(1) == '\r') && peek(1) != peek()) ++at_;
    }
    ++at_;
  }
  void skip_line() {
    while (!done() && !at_line_end()) advance();
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
    if (at_line_end()) advance();
    std::string body;
    while (!done() && text_.substr(at_, close.size()) != close) {
      body += at_line_end() ? '\n' : peek();
      advance();
    }
    for (std::size_t i = 0; i < close.size() && !done(); ++i) advance();
    return body;
  }

  void skip_blank() {
    for (;;) {
      while (!done() && is_blank(peek())) advance();
      if (peek() != '-' || peek(1) != '-') return;
      at_ += 2;
      if (int signs = long_bracket(); signs >= 0)
        long_text(signs);
      else
        skip_line();
    }
  }

  // What stands between the quotes, as Lua reads it.
  std::string short_string() {
    const char quote = peek();
    std::string body;
    advance();
    while (!done() && peek() != quote) {
      if (peek() == '\\') {
        escape(body);
      } else {
        body += peek();
        advance();
      }
    }
    advance();
    return body;
  }

  void escape(std::string& body) {
    advance();
    const char sign = peek();
    if (is_digit(sign)) {
      body += static_cast<char>(digits(3, 10));
    } else if (at_line_end()) {
      body += '\n';
      advance();
    } else if (sign == 'x') {
      ++at_;
      body += static_cast<char>(digits(2, 16));
    } else if (sign == 'u') {
      at_ += 2;  // `u{`
      append_utf8(body, digits(8, 16));
      ++at_;
    } else if (sign == 'z') {
      ++at_;
      while (!done() && is_blank(peek())) advance();
    } else {
      constexpr std::string_view kSigns = "abfnrtv", kMeant = "\a\b\f\n\r\t\v";
      const std::size_t place = kSigns.find(sign);
      body += place == kSigns.npos ? sign : kMeant[place];
      advance();
    }
  }

  std::uint32_t digits(int most, std::uint32_t base) {
    std::uint32_t number = 0;
    for (int i = 0;
         i < most && std::isxdigit(static_cast<unsigned char>(peek())) && (base == 16 || is_digit(peek()));
         ++i, ++at_) {
      const char c = static_cast<char>(std::tolower(static_cast<unsigned char>(peek())));
      number = base * number + static_cast<std::uint32_t>(is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return number;
  }

  // Lua writes code points up to 2^31 in UTF-8's older form of up to six bytes.
  static void append_utf8(std::string& body, std::uint32_t code_point) {
    if (code_point < 0x80) {
      body += static_cast<char>(code_point);
      return;
    }
    std::string tail;
    std::uint32_t room = 0x3F;  // what fits into the first byte
    do {
      tail.insert(tail.begin(), static_cast<char>(0x80 | (code_point & 0x3F)));
      code_point >>= 6;
      room >>= 1;
    } while (code_point > room);
    body += static_cast<char>((~room << 1) | code_point);
    body += tail;
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
    while (!done() && (is_name(peek()) || peek() == '.' ||
                       ((peek() == '+' || peek() == '-') && !text.empty() && exponent(text)))) {
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
    if (peek() == '"' || peek() == '\'') return {Token::Kind::string, short_string(), line};
    if (int signs = long_bracket(); signs >= 0) return {Token::Kind::string, long_text(signs), line};
    if (is_digit(peek()) || (peek() == '.' && is_digit(peek(1))))
      return {Token::Kind::number, number(), line};
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

}  // namespace spanlab::host::lua
