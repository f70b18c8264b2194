// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <map>

#include "data/readers.hpp"

namespace spanlab {

namespace {

using nlohmann::json;

// `[begin, end, …, type]`: whole numbers, then a text.
bool has_form(const json& node, std::size_t numbers, const Item& item, const std::string& what) {
  bool good = node.is_array() && node.size() >= numbers + 1 && node[numbers].is_string();
  for (std::size_t i = 0; good && i < numbers; ++i) good = node[i].is_number_integer();
  if (!good) item.add(what, fmt::format("must be a list of {} integers and a type", numbers));
  return good;
}

// Words [first, last] of the document as a span of the sentence that starts at word `offset`.
std::optional<Span> span_of(const json& node, std::size_t at, std::int64_t offset, std::int64_t words,
                            const Item& item, const std::string& what) {
  const auto first = node[at].get<std::int64_t>(), last = node[at + 1].get<std::int64_t>();
  if (offset <= first && first <= last && last < offset + words) {
    return Span{static_cast<std::int32_t>(first - offset), static_cast<std::int32_t>(last - offset + 1)};
  }
  item.add(what, fmt::format("words {} to {} are not in the sentence, which has words {} to {} of the "
                             "document (both ends count)",
                             first, last, offset, offset + words - 1));
  return std::nullopt;
}

// Relations name spans; a span means the first entity that has it.
class Entities {
 public:
  explicit Entities(const Annotation& annotation) {
    for (std::size_t i = 0; i < annotation.entities.size(); ++i)
      numbers_.emplace(annotation.entities[i].span, static_cast<std::int32_t>(i));
  }
  std::int32_t at(const Span& span, const Item& item, const std::string& what) const {
    if (const auto found = numbers_.find(span); found != numbers_.end()) return found->second;
    item.add(what, fmt::format("words [{}, {}) of the sentence are not an entity", span.begin, span.end));
    return -1;
  }

 private:
  std::map<Span, std::int32_t> numbers_;
};

// What the ends of a file's entities look like. A converter that puts them behind the last word makes those
// at the end of a sentence wrong.
struct DocumentEnds {
  std::int64_t entities = 0;
  std::int64_t behind = 0;  // end one behind the sentence
  std::int64_t wrong = 0;   // other ranges that are none
  std::int64_t single = 0;  // of one word, if ends count

  void add(std::int64_t first, std::int64_t last, std::int64_t offset, std::int64_t words) {
    ++entities;
    const bool begins_inside = offset <= first && first < offset + words;
    if (begins_inside && first == last)
      ++single;
    else if (begins_inside && last == offset + words)
      ++behind;
    else if (!begins_inside || last < first || last > offset + words)
      ++wrong;
  }
  bool look_exclusive() const { return behind > 2 && wrong == 0 && single == 0; }
};

// A list of lists, or a problem.
bool is_list_of(const json& node, const char* key, const Item& item, const std::string& sentence) {
  if (node.is_array()) return true;
  item.add(sentence, fmt::format("'{}' must be a list, not {}", key, node.type_name()));
  return false;
}

Annotation read_annotation(const json& ner, const json& relations, std::int64_t offset, std::int64_t words,
                           const Inventory& inventory, const Item& item, const std::string& sentence,
                           DocumentEnds& ends) {
  Annotation annotation;
  bool good = true;
  const bool has_entities = is_list_of(ner, "ner", item, sentence);
  if (!is_list_of(relations, "relations", item, sentence) || !has_entities) return annotation;
  for (std::size_t i = 0; i < ner.size(); ++i) {
    const std::string what = fmt::format("{}, entity {}", sentence, i);
    if (!has_form(ner[i], 2, item, what)) {
      good = false;
      continue;
    }
    ends.add(ner[i][0].get<std::int64_t>(), ner[i][1].get<std::int64_t>(), offset, words);
    const auto span = span_of(ner[i], 0, offset, words, item, what);
    const auto type = type_index(inventory.entities, ner[i][2].get<std::string>(), "entity", item, what);
    good &= span && type >= 0;
    if (span) annotation.entities.push_back({*span, type});
  }
  const Entities known(annotation);
  for (std::size_t i = 0; i < relations.size(); ++i) {
    const std::string what = fmt::format("{}, relation {}", sentence, i);
    if (!has_form(relations[i], 4, item, what)) {
      good = false;
      continue;
    }
    const auto head = span_of(relations[i], 0, offset, words, item, what);
    const auto tail = span_of(relations[i], 2, offset, words, item, what);
    const auto type =
        type_index(inventory.relations, relations[i][4].get<std::string>(), "relation", item, what);
    if (!head || !tail || type < 0) {
      good = false;
      continue;
    }
    Relation relation{known.at(*head, item, what), known.at(*tail, item, what), type};
    good &= relation.head >= 0 && relation.tail >= 0;
    annotation.relations.push_back(relation);
  }
  if (good) turn_symmetric(annotation, inventory);
  return annotation;
}

// The sentences of one document; the lists `ner` and `relations` run beside `sentences`.
void read_document(const json& node, const Item& item, const std::string& name, const Source& source,
                   DocumentEnds& ends, std::vector<Sentence>& sentences) {
  const json& texts = item.list("sentences");
  const json& ner = item.list("ner", source.annotations);
  const json& relations = item.list("relations", source.annotations);
  static const json none = json::array();
  for (const auto& [key, list] : {std::pair{"ner", &ner}, std::pair{"relations", &relations}}) {
    if (node.is_object() && node.contains(key) && list->size() != texts.size()) {
      item.add("", fmt::format("'{}' has {} entries for {} sentences", key, list->size(), texts.size()));
      return;
    }
  }
  std::int64_t offset = 0;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string place = fmt::format("sentence {}", i);
    Sentence sentence;
    sentence.document = name;
    sentence.id = fmt::format("{}:{}", name, i);
    if (!texts[i].is_array()) {
      item.add(place, fmt::format("must be a list of texts, not {}", texts[i].type_name()));
      return;  // where the next sentence begins is not known
    }
    for (const json& word : texts[i]) {
      if (word.is_string()) sentence.words.push_back(word.get<std::string>());
    }
    const auto words = static_cast<std::int64_t>(sentence.words.size());
    if (texts[i].empty())
      item.add(place, "is a sentence without words");
    else if (sentence.words.size() != texts[i].size())
      item.add(place, "must be a list of texts");
    const json& entities = i < ner.size() ? ner[i] : none;
    const json& pairs = i < relations.size() ? relations[i] : none;
    sentence.views.push_back(
        read_annotation(entities, pairs, offset, words, source.inventories[0], item, place, ends));
    offset += words;
    sentences.push_back(std::move(sentence));
  }
}

}  // namespace

std::vector<Sentence> read_scierc_documents(const Source& source, std::vector<Problem>& problems) {
  std::vector<Sentence> sentences;
  const std::size_t before = problems.size();
  const std::string text = read_text(source.file, problems);
  if (problems.size() > before) return sentences;
  std::vector<Problem> found;
  DocumentEnds ends;
  for_each_json(text, source.file, found,
                [&](const json& document, const std::string& place, std::int64_t number) {
                  std::string name = identifier(document, {"doc_id", "doc_key"});
                  if (name.empty()) name = fmt::format("line{}", number);
                  read_document(document, Item(document, fmt::format("{} ({})", place, name), found), name,
                                source, ends, sentences);
                });
  if (ends.look_exclusive()) {
    problems.push_back(
        {source.file.string(), fmt::format("the ends look exclusive: {} of {} entities end one behind their "
                                           "sentence and none has one word; here the end is "
                                           "the last word: take 1 from each",
                                           ends.behind, ends.entities)});
  }
  if (sentences.empty() && found.empty()) problems.push_back({source.file.string(), "holds no sentences"});
  for (Problem& problem : found) problems.push_back(std::move(problem));
  return sentences;
}

}  // namespace spanlab
