// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "spanlab/corpus_item.hpp"
#include "spanlab/json_view.hpp"
#include "spanlab/plugin.hpp"
#include "spanlab/problem_list.hpp"
#include "spanlab/reader.hpp"

namespace spanlab {

namespace {

std::vector<std::string> between_blanks(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

// `count` texts.
bool has_form(JsonView node, std::size_t count, const CorpusItem& item, const std::string& what) {
  bool good = node.is_list() && node.size() == count;
  for (std::size_t i = 0; good && i < count; ++i) good = node.at(i).is_text();
  if (!good) item.add(what, fmt::format("must be a list of {} texts", count));
  return good;
}

// One sentence and the entities found in it so far.
class Triples {
 public:
  Triples(const ReaderInput& source, const CorpusItem& item)
      : inventory_(source.inventories[0]), item_(item) {}

  Sentence read(const char* text_key) {
    const JsonView text = item_.node().find(text_key);
    if (text.is_text()) {
      sentence_.words = between_blanks(text.text());
    } else {
      item_.add("", fmt::format("has no text '{}'", text_key));
    }
    sentence_.views.emplace_back();
    if (sentence_.words.empty()) {
      item_.add("", "is a sentence without words");
      return std::move(sentence_);
    }
    const bool declared(item_.node().find("ner"));
    if (declared) entities();
    relations(declared ? "rel" : "triple_list", declared);
    if (good_) turn_symmetric(sentence_.views[0], inventory_);
    return std::move(sentence_);
  }

 private:
  void entities() {
    const JsonView list = item_.list("ner");
    for (std::size_t i = 0; i < list.size(); ++i) {
      const std::string what = fmt::format("entity {}", i);
      if (!has_form(list.at(i), 2, item_, what)) {
        good_ = false;
        continue;
      }
      const auto type = type_index(inventory_.entities, list.at(i).at(1).text(), "entity", item_, what);
      add(list.at(i).at(0).text(), type, what);
    }
  }

  void relations(const char* key, bool declared) {
    const JsonView list = item_.list(key);
    for (std::size_t i = 0; i < list.size(); ++i) {
      const std::string what = fmt::format("relation {}", i);
      if (!has_form(list.at(i), 3, item_, what)) {
        good_ = false;
        continue;
      }
      const auto type = type_index(inventory_.relations, list.at(i).at(1).text(), "relation", item_, what);
      const auto head = argument(list.at(i).at(0).text(), declared, what),
                 tail = argument(list.at(i).at(2).text(), declared, what);
      good_ = good_ && type >= 0 && head >= 0 && tail >= 0;
      sentence_.views[0].relations.push_back({head, tail, type});
    }
  }

  // The first entity with these words, made where entities are known from relations alone.
  std::int32_t argument(const std::string& text, bool declared, const std::string& what) {
    auto known = first_.find(text);
    if (known != first_.end()) return known->second;
    if (!declared) return add(text, 0, what);
    item_.add(what, fmt::format("'{}' is not among the entities", text));
    return -1;
  }

  std::int32_t add(const std::string& text, std::int32_t type, const std::string& what) {
    const std::vector<std::string> wanted = between_blanks(text);
    auto& entities = sentence_.views[0].entities;
    const auto& words = sentence_.words;
    std::size_t& next = next_[text];  // the n-th entity of these words is where they occur for the n-th time
    const auto at = std::search(words.begin() + static_cast<std::ptrdiff_t>(std::min(next, words.size())),
                                words.end(), wanted.begin(), wanted.end());
    next = static_cast<std::size_t>(at - words.begin()) + 1;
    if (wanted.empty() || at == words.end() || type < 0) {
      if (type >= 0) {
        item_.add(what,
                  fmt::format("'{}' is not in the sentence as a run of whole words, or not so often", text));
      }
      good_ = false;
      return -1;
    }
    const auto begin = static_cast<std::int32_t>(at - words.begin());
    const Entity entity{{begin, begin + static_cast<std::int32_t>(wanted.size())}, type};
    entities.push_back(entity);
    const auto number = static_cast<std::int32_t>(entities.size()) - 1;
    return first_.emplace(text, number).first->second;
  }

  const Inventory& inventory_;
  const CorpusItem& item_;
  Sentence sentence_;
  std::map<std::string, std::size_t> next_;
  std::map<std::string, std::int32_t> first_;
  bool good_ = true;
};

class TriplesReader : public Reader {
 public:
  std::vector<Sentence> do_read(const ReaderInput& input, LeftOut&,
                                std::vector<Problem>& problems) const override {
    std::vector<Sentence> sentences;
    const std::size_t before = problems.size();
    const std::string text = text_of(input, problems);
    if (problems.size() > before) return sentences;
    std::vector<Problem> found;
    for_each_json(text, input.file, found, [&](JsonView node, const std::string& place, std::int64_t) {
      const CorpusItem item(node, place, found);
      if (!node.is_object()) return item.add("", fmt::format("must be an object, not {}", node.kind()));
      sentences.push_back(Triples(input, item).read(node.find("sentence") ? "sentence" : "text"));
      sentences.back().document = identifier(node, {"doc_id"});
    });
    if (sentences.empty() && found.empty()) add_problem(found, input.file.string(), "holds no sentences");
    problems.insert(problems.end(), found.begin(), found.end());
    return sentences;
  }
};

}  // namespace

}  // namespace spanlab

// WebNLG's `text` and `triple_list`, SciER's `sentence`, `ner` and `rel`. Words stand between blanks. An
// entity is where its words first occur, the n-th entity of the same words where they occur for the n-th
// time; without `ner`, entities have type 0.
SPANLAB_PLUGIN("triples", "0.1.0", "the Spanlab authors") {
  using namespace spanlab;
  registrar.reader({.id = "triples",
                    .summary = "triples of texts: sentences in JSON, entities and relations by their words",
                    .results_version = 1,
                    .since = "0.2.0"},
                   [](const Parameters&) { return std::make_unique<TriplesReader>(); });
}
