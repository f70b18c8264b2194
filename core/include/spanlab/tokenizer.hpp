// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spanlab/export.hpp"
#include "spanlab/pretrained.hpp"

namespace spanlab {

enum class Casing { cased, uncased };

/// What is done to text before it is cut into pieces, and to what length a model reads it. The names in
/// quotes are those of transformers' BertTokenizer.
struct TextRules {
  Casing casing = Casing::uncased;         ///< `do_lower_case`
  std::optional<bool> strip_accents = {};  ///< `strip_accents`; absent: where text is lower-cased
  bool split_ideographs = true;            ///< `tokenize_chinese_chars`: each stands alone
  /// `model_max_length` of a sentence, `[CLS]` and `[SEP]` counted.
  std::optional<std::int64_t> most_pieces = {};

  bool strips() const { return strip_accents.value_or(casing == Casing::uncased); }
};

/// The one place that decides how a pretrained WordPiece model reads text: from what its card,
/// tokenizer_config.json, tokenizer.json, special_tokens_map.json, added_tokens.json and config.json say.
/// Throws Error(data) naming both where two of them disagree, with file, key and value for what is not
/// supported, and for a file that says otherwise than the card but is not named by it. Where nothing says
/// whether text is lower-cased it is, as in the reference, but for a vocabulary with capital letters: that is
/// an error too. `given`, a study's own choice, goes before all of them.
SPANLAB_API TextRules read_text_rules(const PretrainedModel& model, std::optional<Casing> given = {});

/// BERT's tokenizer: cleaning, ideographs, accents, punctuation, then greedy longest-match-first WordPiece.
/// The exact rules are those of transformers' BertTokenizer over a vocab.txt (its older class in Python: NFC,
/// unassigned code points vanish).
class SPANLAB_API WordPiece {
 public:
  /// Reads one piece a line; blank lines at the end are none, and of a piece that stands there twice the last
  /// line counts, both as in the reference. Throws Error(data) with file and line for an unreadable or empty
  /// file, text that is not UTF-8, or a missing special piece.
  WordPiece(const std::filesystem::path& vocabulary, TextRules rules);
  WordPiece(const std::filesystem::path& vocabulary, Casing casing);
  ~WordPiece();
  WordPiece(WordPiece&&) noexcept;

  /// Ids of a word or of any raw text, without `[CLS]` and `[SEP]`. May be empty.
  std::vector<std::int64_t> encode(std::string_view text) const;
  const std::string& piece(std::int64_t id) const;
  const TextRules& rules() const;
  std::int64_t size() const;
  std::int64_t unknown() const;  ///< `[UNK]`
  std::int64_t begin() const;    ///< `[CLS]`
  std::int64_t end() const;      ///< `[SEP]`

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The tokenizer of a pretrained model, for all who read text by it: its vocab.txt by read_text_rules(), and
/// its errors; for a vocabulary that lies in another file with the way out.
SPANLAB_API WordPiece read_word_piece(const PretrainedModel& model, std::optional<Casing> given = {});

}  // namespace spanlab
