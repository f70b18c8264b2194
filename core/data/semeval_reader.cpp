// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "data/plain_text.hpp"
#include "data/readers.hpp"
#include "data/semeval_texts.hpp"
#include "sdk/problem_list.hpp"

namespace spanlab {

namespace {

// Where an entity of the file stands: a sentence and a place among its entities.
struct Found {
  std::size_t sentence = 0;
  std::int32_t entity = -1;  // -1: left out
};

class SemEvalReader {
 public:
  SemEvalReader(const Source& source, LeftOut& left_out, std::vector<Problem>& problems)
      : source_(source), left_out_(left_out), problems_(problems) {}

  std::vector<Sentence> read() {
    for (const SemEvalText& text : read_semeval_xml(source_.file, problems_)) {
      add(text.id, "title", text.title);
      add(text.id, "", text.abstract);
    }
    for (const SemEvalRelation& relation : read_semeval_relations(source_.relations, problems_))
      add(relation);
    if (problems_.empty()) {
      for (Sentence& sentence : sentences_) turn_symmetric(sentence.views[0], source_.inventories[0]);
    }
    return std::move(sentences_);
  }

 private:
  void add(const std::string& document, const std::string& part_name, const SemEvalPart& part) {
    std::size_t first = sentences_.size();
    for (Sentence& sentence :
         sentences_of(part, left_out_, [&](const SemEvalEntity& entity, std::size_t s, std::int32_t e) {
           found_[entity.id] = {first + s, e};
         })) {
      sentence.document = document;
      sentence.id = part_name.empty() ? fmt::format("{}:{}", document, sentences_.size() - first)
                                      : fmt::format("{}:{}", document, part_name);
      if (!part_name.empty() && sentences_.size() > first)
        sentence.id += std::to_string(sentences_.size() - first);
      sentences_.push_back(std::move(sentence));
    }
  }

  void add(const SemEvalRelation& relation) {
    const std::string place = fmt::format("{}:{}", source_.relations.string(), relation.line);
    static const nlohmann::json none;
    const Item item(none, place, problems_);
    const std::int32_t type =
        type_index(source_.inventories[0].relations, relation.type, "relation", item, "");
    auto head = found_.find(relation.head), tail = found_.find(relation.tail);
    for (const auto& [found, id] : {std::pair{head, &relation.head}, std::pair{tail, &relation.tail}}) {
      if (found == found_.end())
        add_problem(problems_, place,
                    fmt::format("entity '{}' is not in {}", *id, source_.file.filename().string()));
    }
    if (type < 0 || head == found_.end() || tail == found_.end()) return;
    if (head->second.entity < 0 || tail->second.entity < 0 ||
        head->second.sentence != tail->second.sentence) {
      ++left_out_.relations;
      return;
    }
    sentences_[head->second.sentence].views[0].relations.push_back(
        {head->second.entity, tail->second.entity, type});
  }

  const Source& source_;
  LeftOut& left_out_;
  std::vector<Problem>& problems_;
  std::vector<Sentence> sentences_;
  std::map<std::string, Found> found_;
};

}  // namespace

std::vector<Sentence> sentences_of(
    const SemEvalPart& part, LeftOut& left_out,
    const std::function<void(const SemEvalEntity&, std::size_t, std::int32_t)>& placed) {
  const std::vector<TextWord> words = words_of(part.text);
  const std::vector<std::size_t> ends = sentence_ends(part.text, words);
  std::vector<Sentence> sentences(ends.size());
  for (std::size_t s = 0, word = 0; s < ends.size(); ++s) {
    sentences[s].views.emplace_back();
    for (; word < ends[s]; ++word)
      sentences[s].words.push_back(part.text.substr(words[word].begin, words[word].end - words[word].begin));
  }
  for (const SemEvalEntity& entity : part.entities) {
    const std::optional<Span> span = words_in(words, entity.begin, entity.end);
    if (!span) continue;  // told when the file was read
    const std::size_t s = static_cast<std::size_t>(
        std::ranges::upper_bound(ends, static_cast<std::size_t>(span->begin)) - ends.begin());
    const auto start = static_cast<std::int32_t>(s == 0 ? 0 : ends[s - 1]);
    if (static_cast<std::size_t>(span->end) > ends[s]) {
      ++left_out.entities;
      placed(entity, s, -1);
      continue;
    }
    std::vector<Entity>& entities = sentences[s].views[0].entities;
    const Entity whole{{span->begin - start, span->end - start}, 0};
    // Two marks inside one word are one entity.
    auto same = std::ranges::find(entities, whole);
    if (same != entities.end()) ++left_out.entities;
    placed(entity, s, static_cast<std::int32_t>(same - entities.begin()));
    if (same == entities.end()) entities.push_back(whole);
  }
  return sentences;
}

std::vector<Sentence> read_semeval(const Source& source, LeftOut& left_out, std::vector<Problem>& problems) {
  return SemEvalReader(source, left_out, problems).read();
}

}  // namespace spanlab
