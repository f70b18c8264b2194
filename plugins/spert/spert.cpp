// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "spanlab/corpus_item.hpp"
#include "spanlab/json_view.hpp"
#include "spanlab/plugin.hpp"
#include "spanlab/problem_list.hpp"
#include "spanlab/reader.hpp"

namespace spanlab {

namespace {

// An integer member of an entity or relation, or a problem.
std::optional<std::int64_t> integer(JsonView node, const char* key, const CorpusItem& item,
                                    const std::string& what) {
  const JsonView member = node.find(key);
  if (member.is_whole()) return member.whole();
  item.add(what, fmt::format("must have an integer '{}'", key));
  return std::nullopt;
}

std::int32_t type_of(JsonView node, const std::vector<LabelType>& types, const char* kind,
                     const CorpusItem& item, const std::string& what) {
  const JsonView type = node.find("type");
  if (type.is_text()) return type_index(types, type.text(), kind, item, what);
  item.add(what, "must have a text 'type'");
  return -1;
}

// What the ends of a file's entities look like. A converter that counts the last word in makes each of them
// wrong in the same way.
struct Ends {
  std::int64_t entities = 0;
  std::int64_t empty = 0;    // begin and end are equal, inside the sentence
  std::int64_t wrong = 0;    // other ranges that are none
  std::int64_t at_last = 0;  // end where the sentence does

  bool look_inclusive() const { return empty > 2 && wrong == 0 && at_last == 0; }
};

// Keeps wrong entities out, so `good` says which numbers relations may use.
bool read_entity(JsonView node, std::int64_t words, const Inventory& inventory, const CorpusItem& item,
                 const std::string& what, Ends& ends, Entity& entity) {
  const auto start = integer(node, "start", item, what);
  const auto end = integer(node, "end", item, what);
  entity.type = type_of(node, inventory.entities, "entity", item, what);
  if (!start || !end) return false;
  const bool inside = 0 <= *start && *start < *end && *end <= words;
  ++ends.entities;
  ends.at_last += inside && *end == words;
  if (!inside) {
    ++(0 <= *start && *start == *end && *end < words ? ends.empty : ends.wrong);
    item.add(what,
             fmt::format(
                 "words [{}, {}) are not in the sentence, which has {} words (start from 0, end exclusive)",
                 *start, *end, words));
  } else {
    entity.span = {static_cast<std::int32_t>(*start), static_cast<std::int32_t>(*end)};
  }
  return inside && entity.type >= 0;
}

bool read_relation(JsonView node, std::int64_t entities, const Inventory& inventory, const CorpusItem& item,
                   const std::string& what, Relation& relation) {
  relation.type = type_of(node, inventory.relations, "relation", item, what);
  bool good = relation.type >= 0;
  for (auto [key, slot] : {std::pair{"head", &relation.head}, std::pair{"tail", &relation.tail}}) {
    const auto index = integer(node, key, item, what);
    if (index && (*index < 0 || *index >= entities)) {
      item.add(what, fmt::format("{} {} is not an entity of the sentence, which has {} (counted from 0)", key,
                                 *index, entities));
    }
    if (!index || *index < 0 || *index >= entities) {
      good = false;
    } else {
      *slot = static_cast<std::int32_t>(*index);
    }
  }
  return good;
}

Annotation read_annotation(const CorpusItem& item, std::int64_t words, const std::string& prefix,
                           const Inventory& inventory, Annotations needed, Ends& ends) {
  Annotation annotation;
  bool good = true;
  const JsonView entities = item.list(prefix + "entities", needed);
  for (std::size_t i = 0; i < entities.size(); ++i) {
    Entity entity;
    good &= read_entity(entities.at(i), words, inventory, item, fmt::format("{}entity {}", prefix, i), ends,
                        entity);
    annotation.entities.push_back(entity);
  }
  const JsonView relations = item.list(prefix + "relations", needed);
  for (std::size_t i = 0; i < relations.size(); ++i) {
    Relation relation;
    good &= read_relation(relations.at(i), static_cast<std::int64_t>(entities.size()), inventory, item,
                          fmt::format("{}relation {}", prefix, i), relation);
    annotation.relations.push_back(relation);
  }
  if (good) turn_symmetric(annotation, inventory);
  return annotation;
}

// One sentence of the file; nothing if it is none, or has no words where that is allowed.
std::optional<Sentence> read_item(JsonView node, const std::string& place, const ReaderInput& source,
                                  LeftOut& left_out, Ends& ends, std::vector<Problem>& problems) {
  Sentence sentence;
  sentence.id = identifier(node, {"orig_id", "id"});
  sentence.document = identifier(node, {"document"});
  const CorpusItem item(node, place + (sentence.id.empty() ? "" : " (" + sentence.id + ")"), problems);
  if (!node.is_object()) {
    item.add("", fmt::format("must be an object with 'tokens', not {}", node.kind()));
    return std::nullopt;
  }
  if (source.skip_empty && node.find("tokens").is_list() && node.find("tokens").size() == 0) {
    ++left_out.sentences;
    return std::nullopt;
  }
  sentence.words = item.words("tokens");
  for (std::size_t v = 0; v < source.views.size() && source.annotations != Annotations::none; ++v) {
    const std::string prefix = source.views[v] == "default" ? "" : source.views[v] + "_";
    const auto words = static_cast<std::int64_t>(sentence.words.size());
    sentence.views.push_back(
        read_annotation(item, words, prefix, source.inventories[v], source.annotations, ends));
  }
  return sentence;
}

class SpertReader : public Reader {
 public:
  std::vector<Sentence> do_read(const ReaderInput& input, LeftOut& left_out,
                                std::vector<Problem>& problems) const override {
    const std::size_t before = problems.size();
    const std::string text = text_of(input, problems);
    if (problems.size() > before) return {};
    std::vector<Sentence> sentences;
    std::vector<Problem> found;
    Ends ends;
    for_each_json(text, input.file, found, [&](JsonView node, const std::string& place, std::int64_t) {
      if (auto sentence = read_item(node, place, input, left_out, ends, found)) {
        sentences.push_back(std::move(*sentence));
      }
    });
    if (ends.look_inclusive()) add_problem(problems, input.file.string(), inclusive(ends));
    if (sentences.empty() && found.empty()) add_problem(found, input.file.string(), kNone);
    problems.insert(problems.end(), found.begin(), found.end());
    return sentences;
  }

 private:
  static constexpr const char* kNone =
      "holds no sentences: expected a list of objects with 'tokens', or one such object a line";

  static std::string inclusive(const Ends& ends) {
    return fmt::format(
        "the ends look inclusive: {} of {} entities begin and end at the same word and none ends behind the "
        "last; here the end is the word behind the entity: add 1 to each",
        ends.empty, ends.entities);
  }
};

}  // namespace

}  // namespace spanlab

// A JSON list, or one object a line; an item is a sentence. View `default` reads `entities` and `relations`,
// view `x` reads `x_entities` and `x_relations`.
SPANLAB_PLUGIN("spert", "0.1.0", "the Spanlab authors") {
  using namespace spanlab;
  registrar.reader({.id = "spert",
                    .summary = "SpERT's form: sentences in JSON, entities by their words, several views",
                    .results_version = 1,
                    .views = true,
                    .since = "0.2.0"},
                   [](const Parameters&) { return std::make_unique<SpertReader>(); });
}
