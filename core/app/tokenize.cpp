// SPDX-License-Identifier: MIT
#include "app/tokenize.hpp"

#include <filesystem>
#include <iostream>
#include <sstream>

#include "data/sentence_input.hpp"
#include "spanlab/error.hpp"
#include "spanlab/tokenizer.hpp"

namespace spanlab::host::app {

namespace {

WordPiece load_tokenizer(const CardIndex& cards, const std::string& name) {
  return read_word_piece(cards.pretrained(cards.model(name), Compared::all_but_weights));
}

SentenceInput read_words(const Registry& components, const std::string& text) {
  std::istringstream stream(text);
  return read_sentences(components, stream, "TEXT");
}

// A file by its ending, or because there is one of that name: a text of one word that is a file's name is
// rare, and told.
bool is_file(const std::string& text) {
  std::error_code error;
  for (const char* ending : {".json", ".jsonl", ".JSON", ".JSONL"}) {
    if (text.ends_with(ending)) return true;
  }
  return text.find_first_of(" \t\n") == text.npos && std::filesystem::is_regular_file(text, error);
}

std::vector<Sentence> read(const Registry& components, const std::optional<std::string>& text,
                           const Notes& notes) {
  const bool file = text && is_file(*text);
  SentenceInput input = !text  ? read_sentences(components, std::cin, "standard input")
                        : file ? read_sentences(components, *text)
                               : read_words(components, *text);
  if (input.sentences.empty()) {
    throw Error(ErrorKind::data, "", "there is no text: expected one sentence a line");
  }
  for (std::size_t i = 0; !input.json && i < input.sentences.size(); ++i) {
    input.sentences[i].id = std::to_string(i);
  }
  if (file) notes("the sentences of the file " + *text);
  return input.sentences;
}

// Each word is pieced on its own; one that leaves no piece is `[UNK]`.
TokenizedSentence tokenized(const WordPiece& tokenizer, const Sentence& sentence) {
  TokenizedSentence result{.id = sentence.id, .words = sentence.words, .ids = {tokenizer.begin()}};
  for (const std::string& word : sentence.words) {
    std::vector<std::int64_t> pieces = tokenizer.encode(word);
    if (pieces.empty()) pieces.push_back(tokenizer.unknown());
    result.spans.emplace_back(result.ids.size(), result.ids.size() + pieces.size());
    result.ids.insert(result.ids.end(), pieces.begin(), pieces.end());
  }
  result.ids.push_back(tokenizer.end());
  for (std::int64_t id : result.ids) result.pieces.push_back(tokenizer.piece(id));
  return result;
}

}  // namespace

std::vector<TokenizedSentence> tokenize(const TokenizeOptions& options, const Places& places,
                                        const Notes& notes) {
  const Registry registry = load_what_can_be(places);
  const WordPiece tokenizer = load_tokenizer(load_cards(places, registry), options.model);
  std::vector<TokenizedSentence> sentences;
  for (const Sentence& sentence : read(registry, options.text, notes)) {
    sentences.push_back(tokenized(tokenizer, sentence));
  }
  return sentences;
}

}  // namespace spanlab::host::app
