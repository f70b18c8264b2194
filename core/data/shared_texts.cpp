// SPDX-License-Identifier: MIT
#include "data/shared_texts.hpp"

#include <cctype>
#include <map>

namespace spanlab::host {

namespace {

constexpr std::size_t kRun = 40;
constexpr std::uint64_t kBase = 0x9E3779B97F4A7C15;  // any odd number

// The names that treebanks give brackets are no letters of the text.
void append_letters(std::string_view word, std::string& letters) {
  if (word == "-LRB-" || word == "-RRB-" || word == "-LSB-" || word == "-RSB-" || word == "-LCB-" ||
      word == "-RCB-")
    return;
  for (char c : word) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || std::isalnum(byte)) letters += static_cast<char>(std::tolower(byte));
  }
}

std::string letters_of(std::string_view text) {
  std::string letters;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" \t\r\n", begin), text.size());
    append_letters(text.substr(begin, end - begin), letters);
    begin = end + 1;
  }
  return letters;
}

std::uint64_t mixed(std::uint64_t hash) {
  hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
  hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
  return hash ^ (hash >> 31);
}

// Hashes every run by rolling a polynomial over the letters.
template <typename Visit>
void each_kept_run(std::string_view text, Visit visit) {
  const std::string letters = letters_of(text);
  std::uint64_t first_power = 1, hash = 0;
  for (std::size_t i = 1; i < kRun; ++i) first_power *= kBase;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (i >= kRun) hash -= first_power * static_cast<unsigned char>(letters[i - kRun]);
    hash = hash * kBase + static_cast<unsigned char>(letters[i]);
    const std::uint64_t run = mixed(hash);
    if (i + 1 >= kRun && (run & 3) == 0) visit(run);
  }
}

}  // namespace

void TextIndex::add(std::string_view text) {
  each_kept_run(text, [&](std::uint64_t run) { runs_.insert(run); });
}

double TextIndex::share(std::string_view text) const {
  std::size_t all = 0, found = 0;
  each_kept_run(text, [&](std::uint64_t run) {
    ++all;
    found += runs_.contains(run);
  });
  return all == 0 ? 0 : static_cast<double>(found) / static_cast<double>(all);
}

std::vector<SharedText> text_units(const Corpus& corpus) {
  std::vector<SharedText> units;
  std::map<std::string, std::size_t> documents;
  for (const Sentence& sentence : corpus.sentences) {
    std::size_t unit = units.size();
    if (!sentence.document.empty()) unit = documents.emplace(sentence.document, unit).first->second;
    if (unit == units.size())
      units.push_back({sentence.document.empty() ? sentence.id : sentence.document, ""});
    for (const std::string& word : sentence.words) units[unit].text += word + ' ';
  }
  return units;
}

std::vector<std::string> shared_texts(const Corpus& texts, const Corpus& where) {
  TextIndex index;
  for (const SharedText& unit : text_units(where)) index.add(unit.text);
  std::vector<std::string> ids;
  for (const SharedText& unit : text_units(texts)) {
    if (index.share(unit.text) > 0.5) ids.push_back(unit.id);
  }
  return ids;
}

}  // namespace spanlab::host
