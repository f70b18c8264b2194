// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <map>

#include "spanlab/corpus_item.hpp"
#include "spanlab/json_view.hpp"
#include "spanlab/plugin.hpp"
#include "spanlab/problem_list.hpp"
#include "spanlab/reader.hpp"

namespace spanlab {

namespace {

// `[begin, end, …, type]`: whole numbers, then a text.
bool has_form(JsonView node, std::size_t numbers, const CorpusItem& item, const std::string& what) {
  bool good = node.size() >= numbers + 1 && node.at(numbers).is_text();
  for (std::size_t i = 0; good && i < numbers; ++i) good = node.at(i).is_whole();
  if (!good) item.add(what, fmt::format("must be a list of {} integers and a type", numbers));
  return good;
}

// Words [first, last] of the document as a span of the sentence that starts at word `offset`.
std::optional<Span> span_of(JsonView node, std::size_t at, std::int64_t offset, std::int64_t words,
                            const CorpusItem& item, const std::string& what) {
  const auto first = node.at(at).whole(), last = node.at(at + 1).whole();
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
  std::int32_t at(const Span& span, const CorpusItem& item, const std::string& what) const {
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
    if (begins_inside && first == last) {
      ++single;
    } else if (begins_inside && last == offset + words) {
      ++behind;
    } else if (!begins_inside || last < first || last > offset + words) {
      ++wrong;
    }
  }
  bool look_exclusive() const { return behind > 2 && wrong == 0 && single == 0; }
};

// A list, or none where annotations need not be there, or a problem.
bool is_list_of(JsonView node, const char* key, const CorpusItem& item, const std::string& sentence) {
  if (!node || node.is_list()) return true;
  item.add(sentence, fmt::format("'{}' must be a list, not {}", key, node.kind()));
  return false;
}

Annotation read_annotation(JsonView ner, JsonView relations, std::int64_t offset, std::int64_t words,
                           const Inventory& inventory, const CorpusItem& item, const std::string& sentence,
                           DocumentEnds& ends) {
  Annotation annotation;
  bool good = true;
  const bool has_entities = is_list_of(ner, "ner", item, sentence);
  if (!is_list_of(relations, "relations", item, sentence) || !has_entities) return annotation;
  for (std::size_t i = 0; i < ner.size(); ++i) {
    const std::string what = fmt::format("{}, entity {}", sentence, i);
    if (!has_form(ner.at(i), 2, item, what)) {
      good = false;
      continue;
    }
    ends.add(ner.at(i).at(0).whole(), ner.at(i).at(1).whole(), offset, words);
    const auto span = span_of(ner.at(i), 0, offset, words, item, what);
    const auto type = type_index(inventory.entities, ner.at(i).at(2).text(), "entity", item, what);
    good &= span && type >= 0;
    if (span) annotation.entities.push_back({*span, type});
  }
  const Entities known(annotation);
  for (std::size_t i = 0; i < relations.size(); ++i) {
    const std::string what = fmt::format("{}, relation {}", sentence, i);
    if (!has_form(relations.at(i), 4, item, what)) {
      good = false;
      continue;
    }
    const auto head = span_of(relations.at(i), 0, offset, words, item, what);
    const auto tail = span_of(relations.at(i), 2, offset, words, item, what);
    const auto type = type_index(inventory.relations, relations.at(i).at(4).text(), "relation", item, what);
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

std::vector<std::string> words_of(JsonView text, const CorpusItem& item, const std::string& place) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.at(i).is_text()) words.push_back(text.at(i).text());
  }
  if (text.size() == 0) {
    item.add(place, "is a sentence without words");
  } else if (words.size() != text.size()) {
    item.add(place, "must be a list of texts");
  }
  return words;
}

// The sentences of one document; the lists `ner` and `relations` run beside `sentences`.
void read_document(JsonView node, const CorpusItem& item, const std::string& name, const ReaderInput& source,
                   DocumentEnds& ends, std::vector<Sentence>& sentences) {
  const JsonView texts = item.list("sentences");
  const JsonView ner = item.list("ner", source.annotations);
  const JsonView relations = item.list("relations", source.annotations);
  for (const auto& [key, list] : {std::pair{"ner", ner}, std::pair{"relations", relations}}) {
    if (node.find(key) && list.size() != texts.size()) {
      item.add("", fmt::format("'{}' has {} entries for {} sentences", key, list.size(), texts.size()));
      return;
    }
  }
  std::int64_t offset = 0;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string place = fmt::format("sentence {}", i);
    const JsonView text = texts.at(i);
    if (!text.is_list()) {
      item.add(place, fmt::format("must be a list of texts, not {}", text.kind()));
      return;  // where the next sentence begins is not known
    }
    Sentence sentence{fmt::format("{}:{}", name, i), name, words_of(text, item, place), {}};
    const auto words = static_cast<std::int64_t>(sentence.words.size());
    sentence.views.push_back(
        read_annotation(ner.at(i), relations.at(i), offset, words, source.inventories[0], item, place, ends));
    offset += words;
    sentences.push_back(std::move(sentence));
  }
}

std::string exclusive(const DocumentEnds& ends) {
  return fmt::format(
      "the ends look exclusive: {} of {} entities end one behind their sentence and none has one word; here "
      "the "
      "end is the last word: take 1 from each",
      ends.behind, ends.entities);
}

class SciercReader : public Reader {
 public:
  std::vector<Sentence> do_read(const ReaderInput& input, LeftOut&,
                                std::vector<Problem>& problems) const override {
    std::vector<Sentence> sentences;
    const std::size_t before = problems.size();
    const std::string text = text_of(input, problems);
    if (problems.size() > before) return sentences;
    std::vector<Problem> found;
    DocumentEnds ends;
    for_each_json(text, input.file, found,
                  [&](JsonView document, const std::string& place, std::int64_t number) {
                    std::string name = identifier(document, {"doc_id", "doc_key"});
                    if (name.empty()) name = fmt::format("line{}", number);
                    const CorpusItem item(document, fmt::format("{} ({})", place, name), found);
                    read_document(document, item, name, input, ends, sentences);
                  });
    if (ends.look_exclusive()) add_problem(problems, input.file.string(), exclusive(ends));
    if (sentences.empty() && found.empty()) add_problem(found, input.file.string(), "holds no sentences");
    problems.insert(problems.end(), found.begin(), found.end());
    return sentences;
  }
};

}  // namespace

}  // namespace spanlab

// SciERC's and DyGIE's form: a document a line, word indices over the document, ends inclusive.
SPANLAB_PLUGIN("scierc", "0.1.0", "the Spanlab authors") {
  using namespace spanlab;
  registrar.reader({.id = "scierc",
                    .summary = "SciERC's and DyGIE's form: documents in JSON lines, words of the document",
                    .results_version = 1,
                    .since = "0.2.0"},
                   [](const Parameters&) { return std::make_unique<SciercReader>(); });
}
