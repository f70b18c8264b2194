// SPDX-License-Identifier: MIT
#include "data/sentence_input.hpp"

#include <sstream>

#include "data/dataset.hpp"
#include "sdk/text_file.hpp"
#include "spanlab/corpus_item.hpp"

namespace spanlab::host {

namespace fs = std::filesystem;

namespace {

std::string_view without_blanks_before(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t\n\r"), text.size()));
  return text;
}

bool is_named_json(const fs::path& file) {
  std::string ending = file.extension().string();
  for (char& c : ending) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return ending == ".json" || ending == ".jsonl";
}

std::vector<Sentence> sentences_of_lines(std::string_view text) {
  std::vector<Sentence> sentences;
  for_each_line(text, [&](std::string_view line, std::int64_t number) {
    Sentence sentence{std::to_string(number), "", {}, {}};
    std::istringstream words{std::string(line)};
    for (std::string word; words >> word;) sentence.words.push_back(word);
    if (!sentence.words.empty()) sentences.push_back(std::move(sentence));
  });
  return sentences;
}

std::vector<Sentence> sentences_of_json(const Registry& components, std::string text, const fs::path& name,
                                        std::vector<Problem>& problems) {
  LeftOut none;
  const ReaderInput input{.file = name, .annotations = Annotations::none, .text = std::move(text)};
  return CardReader{.id = "spert", .components = &components}.make()->read(input, none, problems);
}

SentenceInput sentences_of(const Registry& components, const std::string& text, const fs::path& name,
                           std::vector<Problem> problems) {
  SentenceInput input;
  if (problems.empty()) {
    input.json = is_named_json(name) || looks_like_json(text);
    if (input.json)
      input.sentences = sentences_of_json(components, text, name, problems);
    else
      input.sentences = sentences_of_lines(text);
    constexpr const char* kHint = "is read as JSON, for so it begins; text may begin with another line";
    if (!problems.empty() && !is_named_json(name)) problems.push_back({name.string(), kHint});
  }
  if (!problems.empty()) throw Error(ErrorKind::data, std::move(problems));
  make_unique(input.sentences);
  return input;
}

}  // namespace

bool looks_like_json(std::string_view text) {
  text = without_blanks_before(text);
  if (text.empty() || (text.front() != '{' && text.front() != '[')) return false;
  const std::string_view rest = without_blanks_before(text.substr(1));
  const std::string_view begins = text.front() == '{' ? "\"}" : "{[\"]";
  return !rest.empty() && begins.find(rest.front()) != begins.npos;
}

SentenceInput read_sentences(const Registry& components, const fs::path& file) {
  std::vector<Problem> problems;
  const std::string text = read_text(file, problems);
  return sentences_of(components, text, file, std::move(problems));
}

SentenceInput read_sentences(const Registry& components, std::istream& stream, const fs::path& name) {
  std::vector<Problem> problems;
  const std::string text = checked_text(read_all(stream, name, kLargestStream, problems), name, problems);
  return sentences_of(components, text, name, std::move(problems));
}

}  // namespace spanlab::host
