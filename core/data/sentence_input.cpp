// SPDX-License-Identifier: MIT
#include "data/sentence_input.hpp"

#include <sstream>

#include "data/readers.hpp"

namespace spanlab {

namespace fs = std::filesystem;

namespace {

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

SentenceInput sentences_of(const std::string& text, const fs::path& name, std::vector<Problem> problems) {
  SentenceInput input;
  if (problems.empty()) {
    input.json = is_named_json(name) || looks_like_json(text);
    LeftOut none;
    const Source source{name, {"default"}, {}, Annotations::none};
    if (!input.json)
      input.sentences = sentences_of_lines(text);
    else
      input.sentences = read_spert_text(text, source, none, problems);
    if (!problems.empty() && !is_named_json(name))
      problems.push_back(
          {name.string(), "is read as JSON, for so it begins; text may begin with another line"});
  }
  if (!problems.empty()) throw Error(ErrorKind::data, std::move(problems));
  make_unique(input.sentences);
  return input;
}

}  // namespace

SentenceInput read_sentences(const fs::path& file) {
  std::vector<Problem> problems;
  const std::string text = read_text(file, problems);
  return sentences_of(text, file, std::move(problems));
}

SentenceInput read_sentences(std::istream& stream, const fs::path& name) {
  std::vector<Problem> problems;
  const std::string text = checked_text(read_all(stream, name, kLargestStream, problems), name, problems);
  return sentences_of(text, name, std::move(problems));
}

}  // namespace spanlab
