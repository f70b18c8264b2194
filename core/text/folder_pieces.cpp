// SPDX-License-Identifier: MIT
// The word pieces of a pretrained model's folder.
#include "spanlab/tokenizer.hpp"
#include "text/pieces.hpp"

namespace spanlab {

namespace fs = std::filesystem;

std::string other_vocabulary(const fs::path& folder) {
  if (fs::exists(folder / "vocab.txt") || !fs::exists(folder / "tokenizer.json")) return "";
  return ": tokenizer.json holds the vocabulary; write it out, and name vocab.txt in the card: python3 -c "
         "\"import json; "
         "v = json.load(open('tokenizer.json'))['model']['vocab']; open('vocab.txt', 'w').write(''.join(p + "
         "'\\n' "
         "for p in sorted(v, key=v.get)))\"";
}

WordPiece read_word_piece(const PretrainedModel& model, std::optional<Casing> given) {
  const fs::path vocabulary = model.needed("vocab.txt", other_vocabulary(model.folder));
  return WordPiece(vocabulary, read_text_rules(model, given));
}

}  // namespace spanlab
