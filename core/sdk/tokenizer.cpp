// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <unordered_map>

#include "sdk/text_file.hpp"
#include "spanlab/error.hpp"
#include "spanlab/tokenizer.hpp"
#include "sdk/pieces.hpp"
#include "sdk/unicode.hpp"

namespace spanlab {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kLongestWord = 100;  // code points
constexpr std::string_view kContinuation = "##";
constexpr std::uintmax_t kLargestVocabulary = 64 << 20;  // bytes

// Cleaned and normalised text as words: blanks and single punctuation signs separate.
std::vector<std::u32string> split_words(std::u32string_view text, bool strip_accents) {
  std::vector<std::u32string> words;
  std::u32string word;
  auto finish = [&] {
    if (!word.empty()) words.push_back(std::move(word));
    word.clear();
  };
  auto add = [&](std::u32string_view part) {
    for (char32_t c : part) {
      if (unicode::is_punctuation(c)) {
        finish();
        words.emplace_back(1, c);
      } else {
        word += c;
      }
    }
  };
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find_first_of(U" \u2028\u2029", begin), text.size());
    if (strip_accents) {
      std::u32string part = unicode::normalise(text.substr(begin, end - begin), unicode::Form::decomposed);
      std::erase_if(part, unicode::is_nonspacing_mark);
      add(part);
    } else {
      add(text.substr(begin, end - begin));
    }
    finish();
    begin = end + 1;
  }
  return words;
}

// Characters that do not count vanish, all blanks become one kind, ideographs may stand alone.
std::u32string clean(std::u32string_view text, bool split_ideographs) {
  std::u32string result;
  result.reserve(text.size());
  for (char32_t c : text) {
    if (c == U' ' || c == U'\t' || c == U'\n' || c == U'\r' || unicode::is_space(c)) {
      result += U' ';
    } else if (c == 0xFFFD || unicode::is_other(c)) {
      continue;
    } else if (split_ideographs && unicode::is_ideograph(c)) {
      (result += U' ') += c, result += U' ';
    } else {
      result += c;
    }
  }
  return result;
}

bool is_plain(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c > 0; });
}

}  // namespace

std::vector<std::string> read_pieces(const fs::path& path) {
  std::error_code error;
  if (const auto size = fs::file_size(path, error); !error && size > kLargestVocabulary) {
    throw Error(ErrorKind::data, path.string(),
                fmt::format("has {} bytes, a vocabulary at most {}", size, kLargestVocabulary));
  }
  std::vector<Problem> problems;
  std::istringstream text(read_text(path, problems));
  if (!problems.empty()) throw Error(ErrorKind::data, std::move(problems));
  std::vector<std::string> pieces;
  pieces.reserve(1 << 15);
  for (std::string line; std::getline(text, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.find('\0') != line.npos) {
      throw Error(ErrorKind::data, fmt::format("{}:{}", path.string(), pieces.size() + 1),
                  "holds a NUL byte, expected text");
    }
    pieces.push_back(std::move(line));
  }
  while (!pieces.empty() && pieces.back().empty()) pieces.pop_back();
  if (pieces.empty()) throw Error(ErrorKind::data, path.string(), "is empty, expected one piece a line");
  return pieces;
}

struct WordPiece::State {
  using Map = std::unordered_map<std::string_view, std::int64_t>;

  TextRules rules;

  std::vector<std::string> pieces;  // by id; the keys of the maps lie in here
  Map initial;                      // pieces that begin a word
  Map continuation;                 // the others, without `##`
  std::size_t longest = 0;          // bytes of the longest key
  std::vector<std::pair<std::string_view, std::int64_t>> special;
  std::int64_t unknown = 0, begin = 0, end = 0;

  void read(const fs::path& path);
  void find_special(const fs::path& path);
  void encode_plain(std::string_view text, std::vector<std::int64_t>& ids) const;
  void encode_word(std::u32string_view word, std::vector<std::int64_t>& ids) const;
};

void WordPiece::State::read(const fs::path& path) {
  pieces = read_pieces(path);
  initial.reserve(pieces.size());
  continuation.reserve(pieces.size() / 2);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    std::string_view key = pieces[i];
    if (key.empty()) continue;  // its line is a number that no text has
    const bool continues = key.size() > kContinuation.size() && key.starts_with(kContinuation);
    if (continues) key.remove_prefix(kContinuation.size());
    longest = std::max(longest, key.size());
    (continues ? continuation : initial)[key] = static_cast<std::int64_t>(i);
  }
}

void WordPiece::State::find_special(const fs::path& path) {
  std::vector<Problem> problems;
  for (auto [name, id] :
       {std::pair{"[UNK]", &unknown}, std::pair{"[CLS]", &begin}, std::pair{"[SEP]", &end}}) {
    if (auto found = initial.find(name); found != initial.end()) {
      *id = found->second;
    } else {
      problems.push_back({path.string(), fmt::format("has no special piece {}", name)});
    }
  }
  if (!problems.empty()) throw Error(ErrorKind::data, std::move(problems));
  for (std::string_view name : kSpecialPieces) {
    if (auto found = initial.find(name); found != initial.end()) special.emplace_back(name, found->second);
  }
}

// Longest match first; a word that cannot be cut up is one unknown piece.
void WordPiece::State::encode_word(std::u32string_view word, std::vector<std::int64_t>& ids) const {
  const std::size_t before = ids.size();
  const std::string text = unicode::encode(word);
  std::size_t start = 0;
  while (word.size() <= kLongestWord && start < text.size()) {
    const Map& map = start == 0 ? initial : continuation;
    std::size_t size = std::min(text.size() - start, longest);
    auto found = map.end();
    for (; size > 0 && found == map.end(); --size) {
      found = map.find(std::string_view(text).substr(start, size));
    }
    if (found == map.end()) break;
    ids.push_back(found->second);
    start += found->first.size();
  }
  if (start < text.size()) {
    ids.resize(before);
    ids.push_back(unknown);
  }
}

void WordPiece::State::encode_plain(std::string_view text, std::vector<std::int64_t>& ids) const {
  std::u32string code_points = unicode::decode(text);
  if (rules.casing == Casing::uncased) code_points = unicode::lower(code_points);
  code_points = clean(code_points, rules.split_ideographs);
  if (!is_plain(text)) code_points = unicode::normalise(code_points, unicode::Form::composed);
  for (const std::u32string& word : split_words(code_points, rules.strips())) encode_word(word, ids);
}

WordPiece::WordPiece(const fs::path& vocabulary, Casing casing) : WordPiece(vocabulary, TextRules{casing}) {}

WordPiece::WordPiece(const fs::path& vocabulary, TextRules rules) : state_(std::make_unique<State>()) {
  state_->rules = rules;
  state_->read(vocabulary);
  state_->find_special(vocabulary);
}

WordPiece::~WordPiece() = default;
WordPiece::WordPiece(WordPiece&&) noexcept = default;

std::vector<std::int64_t> WordPiece::encode(std::string_view text) const {
  std::vector<std::int64_t> ids;
  std::size_t start = 0;
  // Special pieces are cut out as they stand, before anything is changed.
  for (std::size_t at = text.find('['); at != std::string_view::npos; at = text.find('[', at)) {
    const auto found = std::ranges::find_if(
        state_->special, [&](const auto& piece) { return text.substr(at).starts_with(piece.first); });
    if (found == state_->special.end()) {
      ++at;
      continue;
    }
    state_->encode_plain(text.substr(start, at - start), ids);
    ids.push_back(found->second);
    start = at += found->first.size();
  }
  state_->encode_plain(text.substr(start), ids);
  return ids;
}

const std::string& WordPiece::piece(std::int64_t id) const {
  return state_->pieces.at(static_cast<std::size_t>(id));
}
const TextRules& WordPiece::rules() const { return state_->rules; }
std::int64_t WordPiece::size() const { return static_cast<std::int64_t>(state_->pieces.size()); }
std::int64_t WordPiece::unknown() const { return state_->unknown; }
std::int64_t WordPiece::begin() const { return state_->begin; }
std::int64_t WordPiece::end() const { return state_->end; }

}  // namespace spanlab
