// SPDX-License-Identifier: MIT
// How a pretrained model reads text, by what its card and the files of its folder say: each of them may, and
// all must agree.
#include <fmt/format.h>

#include <algorithm>

#include "spanlab/error.hpp"
#include "spanlab/json_fields.hpp"
#include "spanlab/tokenizer.hpp"
#include "sdk/pieces.hpp"

namespace spanlab {

namespace fs = std::filesystem;

namespace {

constexpr double kNoLimit = 1e9;  // transformers writes 1e30 where there is none

/// One file or card that says something.
struct Said {
  std::string place;          // file and key
  std::string shown;          // the value as it stands there
  std::optional<bool> value;  // absent: as lower-casing, of `strip_accents` alone
  std::string unnamed;        // the file, if the card does not name it
};

bool is_special(const std::string& piece) {
  return std::ranges::find(kSpecialPieces, piece) != std::end(kSpecialPieces);
}

class TextReading {
 public:
  TextReading(const PretrainedModel& model, std::optional<Casing> given) : model_(model), given_(given) {
    if (model.uncased) {
      lower_.push_back(
          {model.card.string() + ": uncased", *model.uncased ? "true" : "false", model.uncased, ""});
    }
    read("config.json", &TextReading::read_config);
    read("tokenizer_config.json", &TextReading::read_tokenizer_config);
    read("tokenizer.json", &TextReading::read_tokenizer);
    read("special_tokens_map.json", &TextReading::read_special_pieces);
    read("added_tokens.json", &TextReading::read_added_pieces);
  }

  TextRules rules() {
    if (given_) lower_ = {{"", "", *given_ == Casing::uncased, ""}};
    if (lower_.empty()) check_capitals();
    const bool lower = decided(lower_, true, true);
    const bool strips = decided(strip_, lower, lower);
    const bool ideographs = decided(ideographs_, lower, true);
    if (!problems_.empty()) throw Error(ErrorKind::data, problems_);
    return {lower ? Casing::uncased : Casing::cased, strips, ideographs, most_};
  }

 private:
  void read(const char* file, void (TextReading::*function)(JsonFields&)) {
    std::error_code error;
    if (!fs::exists(model_.folder / file, error)) return;
    unnamed_ = model_.names(file) ? "" : file;
    try {
      JsonFields fields(model_.folder / file);
      (this->*function)(fields);
      fields.finish();
    } catch (const Error& failure) {
      if (failure.kind() == ErrorKind::environment) throw;
      problems_.insert(problems_.end(), failure.problems().begin(), failure.problems().end());
    }
  }

  void say(std::vector<Said>& statements, JsonFields& fields, const char* key, bool or_null = false) {
    fields.harmless({key});
    if (!fields.has(key)) return;
    const std::optional<bool> value = fields.boolean_if_any(key, or_null);
    statements.push_back({fields.place(key), fields.shown(key), value, unnamed_});
  }

  // All other keys are of the network, whose encoder reads them.
  void read_config(JsonFields& fields) {
    say(lower_, fields, "do_lower_case");
    fields.only("tokenizer_class", {"null", R"("BertTokenizer")", R"("BertTokenizerFast")"});
  }

  void read_tokenizer_config(JsonFields& fields) {
    say(lower_, fields, "do_lower_case");
    say(strip_, fields, "strip_accents", true);
    say(ideographs_, fields, "tokenize_chinese_chars");
    fields.only("tokenizer_class", {"null", R"("BertTokenizer")", R"("BertTokenizerFast")"});
    fields.only("do_basic_tokenize", {"true"});
    fields.only("clean_text", {"true"});
    fields.only("never_split", {"null", "[]"});
    fields.only("wordpieces_prefix", {R"("##")"});
    fields.only("word_tokenizer_type", {"null", R"("basic")"});
    fields.only("subword_tokenizer_type", {"null", R"("wordpiece")"});
    fields.only("split_special_tokens", {"false"});
    fields.only("extra_special_tokens", {"null", "{}", "[]"});
    fields.only("auto_map", {"null", "{}"});
    for (const char* key : {"model_max_length", "max_len"}) limit(fields, key);
    special_pieces(fields);
    if (auto added = fields.object_if_any("added_tokens_decoder")) {
      for (const std::string& id : added->keys()) {
        if (auto piece = added->object_if_any(id)) added_piece(*piece, id);
      }
    }
    // Padding and cutting to a length do not occur: sentences are packed, and one that is too long is an
    // error.
    fields.harmless(
        {"padding", "padding_side", "padding_strategy", "pad_to_multiple_of", "pad_token_type_id"});
    fields.harmless({"truncation", "truncation_side", "truncation_strategy", "max_length", "stride"});
    // Of other software, and of chat.
    fields.harmless({"name_or_path", "_name_or_path", "special_tokens_map_file", "tokenizer_file"});
    fields.harmless({"vocab_file", "clean_up_tokenization_spaces", "model_input_names", "processor_class"});
    fields.harmless({"use_fast", "backend", "is_local", "local_files_only", "from_slow", "add_prefix_space"});
    fields.harmless({"chat_template", "cache_dir", "init_inputs", "return_token_type_ids", "model_type"});
    fields.harmless({"transformers_version", "verbose", "device_map", "trust_remote_code"});
    fields.warn_of_others();
  }

  void read_tokenizer(JsonFields& fields) {
    if (auto normalizer = fields.object_if_any("normalizer")) {
      normalizer->only("type", {R"("BertNormalizer")"});
      normalizer->only("clean_text", {"true"});
      say(lower_, *normalizer, "lowercase");
      say(strip_, *normalizer, "strip_accents", true);
      say(ideographs_, *normalizer, "handle_chinese_chars");
      normalizer->warn_of_others();
    } else {
      fields.wrong("normalizer", "is missing, expected \"BertNormalizer\"");
    }
    if (auto split = fields.object_if_any("pre_tokenizer")) {
      split->only("type", {R"("BertPreTokenizer")"});
    } else {
      fields.wrong("pre_tokenizer", "is missing, expected \"BertPreTokenizer\"");
    }
    if (auto model = fields.object_if_any("model")) {
      read_word_pieces(*model);
    } else {
      fields.wrong("model", "is missing, expected \"WordPiece\"");
    }
    for (JsonFields& piece : fields.objects("added_tokens")) added_piece(piece, piece.shown("id"));
    fields.harmless({"version", "truncation", "padding", "post_processor", "decoder"});
    fields.warn_of_others();
  }

  void read_word_pieces(JsonFields& model) {
    model.only("type", {R"("WordPiece")"});
    model.only("unk_token", {R"("[UNK]")"});
    model.only("continuing_subword_prefix", {R"("##")"});
    model.only("max_input_chars_per_word", {"100"});
    auto vocabulary = model.object_if_any("vocab");
    model.warn_of_others();
    if (!vocabulary || pieces().empty()) return;
    const auto line_of = [&](std::int64_t id) {
      return id >= 0 && id < std::ssize(pieces_) ? pieces_[id] : "";
    };
    for (const auto& [piece, id] : vocabulary->numbers()) {
      if (line_of(id) == piece) continue;
      return model.wrong("vocab", fmt::format("'{}' has the number {}, but line {} of vocab.txt holds '{}'",
                                              piece, id, id + 1, line_of(id)));
    }
  }

  void read_special_pieces(JsonFields& fields) {
    special_pieces(fields);
    fields.warn_of_others();
  }

  void read_added_pieces(JsonFields& fields) {
    for (const auto& [piece, id] : fields.numbers()) check_added(fields, piece, piece, std::to_string(id));
  }

  void special_pieces(JsonFields& fields) {
    for (auto [key, piece] :
         {std::pair("unk_token", "[UNK]"), std::pair("cls_token", "[CLS]"), std::pair("sep_token", "[SEP]"),
          std::pair("pad_token", "[PAD]"), std::pair("mask_token", "[MASK]")}) {
      const std::string quoted = fmt::format("\"{}\"", piece);
      if (!fields.holds_object(key)) {
        fields.only(key, {quoted.c_str()});
        continue;
      }
      JsonFields object = *fields.object_if_any(key);
      object.only("content", {quoted.c_str()});
      check_flags(object);
    }
    // Other names for pieces that never occur, unless a text holds them.
    for (const char* key : {"bos_token", "eos_token"}) fields.only(key, {"null", R"("[CLS]")", R"("[SEP]")"});
    fields.only("additional_special_tokens", {"null", "[]"});
  }

  static void check_flags(JsonFields& object) {
    for (const char* key : {"lstrip", "rstrip", "single_word"}) object.only(key, {"false"});
    object.harmless({"__type", "normalized", "special", "id"});
    object.warn_of_others();
  }

  // One of the list of pieces that are cut out of text: those beyond BERT's own are not.
  void added_piece(JsonFields& object, const std::string& id) {
    if (const auto content = object.text_if_any("content")) check_added(object, "content", *content, id);
    check_flags(object);
  }

  void check_added(JsonFields& fields, const std::string& key, const std::string& piece,
                   const std::string& id) {
    if (!is_special(piece)) {
      return fields.wrong(key, fmt::format("'{}' is a piece of its own, which is not supported, only {}",
                                           piece, fmt::join(kSpecialPieces, ", ")));
    }
    if (pieces().empty()) return;
    const auto last = std::find(pieces_.rbegin(), pieces_.rend(), piece);
    if (last == pieces_.rend()) return;
    const auto line = std::distance(last, pieces_.rend());
    if (id != std::to_string(line - 1)) {
      fields.wrong(
          key, fmt::format("'{}' has the number {}, but stands in line {} of vocab.txt", piece, id, line));
    }
  }

  void limit(JsonFields& fields, const char* key) {
    if (fields.shown(key) == "null") return fields.harmless({key});
    const double most = fields.number_or(key, kNoLimit, 1, 1e300);
    if (most < kNoLimit) most_ = std::min(most_.value_or(INT64_MAX), static_cast<std::int64_t>(most));
  }

  // What nothing says is lower-cased; but capital letters in the vocabulary would then never be met.
  void check_capitals() {
    for (std::size_t i = 0; i < pieces().size(); ++i) {
      const std::string& piece = pieces_[i];
      if (piece.starts_with('[') ||
          std::ranges::none_of(piece, [](char c) { return 'A' <= c && c <= 'Z'; })) {
        continue;
      }
      const std::string where = model_.card.empty() ? "do_lower_case in tokenizer_config.json"
                                                    : "uncased in " + model_.card.string();
      problems_.push_back({(model_.folder / "vocab.txt").string(),
                           fmt::format("has capital letters, as in '{}' of line {}, and nothing says whether "
                                       "words are lower-cased: set {} to true or false",
                                       piece, i + 1, where)});
      return;
    }
  }

  // What they all say; absent values count as `lower`. `otherwise` holds where nobody says anything.
  bool decided(const std::vector<Said>& statements, bool lower, bool otherwise) {
    const auto value = [&](const Said& statement) { return statement.value.value_or(lower); };
    const auto first = std::ranges::find_if(statements, [](const Said& one) { return one.unnamed.empty(); });
    const bool result = first == statements.end() ? otherwise : value(*first);
    for (const Said& other : statements) {
      if (value(other) == result) continue;
      if (first == statements.end()) {
        problems_.push_back(
            {other.place, fmt::format("is {}; {}", other.shown, model_.not_named(other.unnamed))});
      } else {
        problems_.push_back({other.place, fmt::format("is {}, but {} is {}: correct the one that is wrong",
                                                      other.shown, first->place, first->shown)});
      }
    }
    return result;
  }

  // Of vocab.txt, none without it; read only where something has to be compared with them.
  const std::vector<std::string>& pieces() {
    std::error_code error;
    if (pieces_.empty() && fs::is_regular_file(model_.folder / "vocab.txt", error)) {
      pieces_ = read_pieces(model_.folder / "vocab.txt");
    }
    return pieces_;
  }

  const PretrainedModel& model_;
  std::optional<Casing> given_;
  std::vector<std::string> pieces_;
  std::string unnamed_;  // the file that is being read, if the card does not name it
  std::vector<Said> lower_, strip_, ideographs_;
  std::optional<std::int64_t> most_;
  std::vector<Problem> problems_;
};

}  // namespace

TextRules read_text_rules(const PretrainedModel& model, std::optional<Casing> given) {
  return TextReading(model, given).rules();
}

std::string other_vocabulary(const fs::path& folder) {
  if (fs::exists(folder / "vocab.txt") || !fs::exists(folder / "tokenizer.json")) return "";
  return ": tokenizer.json holds the vocabulary; write it out, and name vocab.txt in the card: python3 -c "
         "\"import json; v = json.load(open('tokenizer.json'))['model']['vocab']; "
         "open('vocab.txt', 'w').write(''.join(p + '\\n' for p in sorted(v, key=v.get)))\"";
}

WordPiece read_word_piece(const PretrainedModel& model, std::optional<Casing> given) {
  const fs::path vocabulary = model.needed("vocab.txt", other_vocabulary(model.folder));
  return WordPiece(vocabulary, read_text_rules(model, given));
}

}  // namespace spanlab
