// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <sstream>

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
std::optional<Span> span_of(const json& node, std::size_t at, std::int64_t offset, std::int64_t words, const Item& item, const std::string& what) {
  const std::int64_t first = node[at].get<std::int64_t>() - offset, last = node[at + 1].get<std::int64_t>() - offset;
  if (0 <= first && first <= last && last < words) return Span{static_cast<std::int32_t>(first), static_cast<std::int32_t>(last + 1)};
  item.add(what, fmt::format("words {} to {} are not in the sentence, which has words {} to {} of the document", first + offset, last + offset,
                             offset, offset + words - 1));
  return std::nullopt;
}

// Relations name spans; a span means the first entity that has it.
std::int32_t entity_at(const Annotation& annotation, const Span& span, const Item& item, const std::string& what) {
  for (std::size_t i = 0; i < annotation.entities.size(); ++i) {
    if (annotation.entities[i].span == span) return static_cast<std::int32_t>(i);
  }
  item.add(what, fmt::format("words [{}, {}) of the sentence are not an entity", span.begin, span.end));
  return -1;
}

Annotation read_annotation(const json& ner, const json& relations, std::int64_t offset, std::int64_t words, const Inventory& inventory,
                           const Item& item, const std::string& sentence) {
  Annotation annotation;
  bool good = true;
  for (std::size_t i = 0; i < ner.size(); ++i) {
    const std::string what = fmt::format("{}, entity {}", sentence, i);
    if (!has_form(ner[i], 2, item, what)) { good = false; continue; }
    const auto span = span_of(ner[i], 0, offset, words, item, what);
    const auto type = type_index(inventory.entities, ner[i][2].get<std::string>(), "entity", item, what);
    good &= span && type >= 0;
    if (span) annotation.entities.push_back({*span, type});
  }
  for (std::size_t i = 0; i < relations.size(); ++i) {
    const std::string what = fmt::format("{}, relation {}", sentence, i);
    if (!has_form(relations[i], 4, item, what)) { good = false; continue; }
    const auto head = span_of(relations[i], 0, offset, words, item, what);
    const auto tail = span_of(relations[i], 2, offset, words, item, what);
    const auto type = type_index(inventory.relations, relations[i][4].get<std::string>(), "relation", item, what);
    if (!head || !tail || type < 0) { good = false; continue; }
    Relation relation{entity_at(annotation, *head, item, what), entity_at(annotation, *tail, item, what), type};
    good &= relation.head >= 0 && relation.tail >= 0;
    annotation.relations.push_back(relation);
  }
  if (good) turn_symmetric(annotation, inventory);
  return annotation;
}

// The sentences of one document; the lists `ner` and `relations` run beside `sentences`.
void read_document(const json& node, const Item& item, const std::string& name, const Source& source, std::vector<Sentence>& sentences) {
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
    for (const json& word : texts[i]) {
      if (word.is_string()) sentence.words.push_back(word.get<std::string>());
    }
    const auto words = static_cast<std::int64_t>(sentence.words.size());
    if (words == 0) item.add(place, "is a sentence without words");
    else if (words != static_cast<std::int64_t>(texts[i].size()) || !texts[i].is_array()) item.add(place, "must be a list of texts");
    const json& entities = i < ner.size() ? ner[i] : none;
    const json& pairs = i < relations.size() ? relations[i] : none;
    sentence.views.push_back(read_annotation(entities, pairs, offset, words, source.inventories[0], item, place));
    offset += words;
    sentences.push_back(std::move(sentence));
  }
}

}  // namespace

std::vector<Sentence> read_scierc_documents(const Source& source, std::vector<Problem>& problems) {
  std::vector<Sentence> sentences;
  std::istringstream lines(read_text(source.file, problems));
  std::int64_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    const std::size_t before = problems.size();
    const json document = parse_json(line, source.file, number, problems);
    if (problems.size() > before) continue;
    std::string name;
    for (const char* key : {"doc_key", "doc_id"}) {
      if (document.is_object() && document.contains(key) && document[key].is_string()) name = document[key].get<std::string>();
    }
    if (name.empty()) name = fmt::format("line{}", number);
    read_document(document, Item(document, fmt::format("{}:{} ({})", source.file.string(), number, name), problems), name, source, sentences);
  }
  if (number > 0 && sentences.empty() && problems.empty()) problems.push_back({source.file.string(), "holds no sentences"});
  return sentences;
}

}  // namespace spanlab
