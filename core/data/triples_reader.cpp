// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <sstream>

#include "data/readers.hpp"

namespace spanlab {

namespace {

using nlohmann::json;

std::vector<std::string> between_blanks(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

// `count` texts.
bool has_form(const json& node, std::size_t count, const Item& item, const std::string& what) {
  const bool good = node.is_array() && node.size() == count &&
                    std::ranges::all_of(node, [](const json& part) { return part.is_string(); });
  if (!good) item.add(what, fmt::format("must be a list of {} texts", count));
  return good;
}

// One sentence and the entities found in it so far.
class Triples {
 public:
  Triples(const Source& source, const Item& item) : inventory_(source.inventories[0]), item_(item) {}

  Sentence read(const char* text_key) {
    const json& node = item_.node();
    if (!node.contains(text_key) || !node[text_key].is_string())
      item_.add("", fmt::format("has no text '{}'", text_key));
    else
      sentence_.words = between_blanks(node[text_key].get<std::string>());
    sentence_.views.emplace_back();
    if (sentence_.words.empty()) {
      item_.add("", "is a sentence without words");
      return std::move(sentence_);
    }
    if (node.contains("ner")) entities();
    relations(node.contains("ner") ? "rel" : "triple_list", node.contains("ner"));
    if (good_) turn_symmetric(sentence_.views[0], inventory_);
    return std::move(sentence_);
  }

 private:
  void entities() {
    const json& list = item_.list("ner");
    for (std::size_t i = 0; i < list.size(); ++i) {
      const std::string what = fmt::format("entity {}", i);
      if (!has_form(list[i], 2, item_, what)) {
        good_ = false;
        continue;
      }
      const auto type = type_index(inventory_.entities, list[i][1].get<std::string>(), "entity", item_, what);
      add(list[i][0].get<std::string>(), type, what);
    }
  }

  void relations(const char* key, bool declared) {
    const json& list = item_.list(key);
    for (std::size_t i = 0; i < list.size(); ++i) {
      const std::string what = fmt::format("relation {}", i);
      if (!has_form(list[i], 3, item_, what)) {
        good_ = false;
        continue;
      }
      const auto type =
          type_index(inventory_.relations, list[i][1].get<std::string>(), "relation", item_, what);
      const auto head = argument(list[i][0].get<std::string>(), declared, what),
                 tail = argument(list[i][2].get<std::string>(), declared, what);
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
      if (type >= 0)
        item_.add(what,
                  fmt::format("'{}' is not in the sentence as a run of whole words, or not so often", text));
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
  const Item& item_;
  Sentence sentence_;
  std::map<std::string, std::size_t> next_;
  std::map<std::string, std::int32_t> first_;
  bool good_ = true;
};

}  // namespace

std::vector<Sentence> read_triples(const Source& source, std::vector<Problem>& problems) {
  std::vector<Sentence> sentences;
  const std::size_t before = problems.size();
  const std::string text = read_text(source.file, problems);
  if (problems.size() > before) return sentences;
  std::vector<Problem> found;
  for_each_json(text, source.file, found, [&](const json& node, const std::string& place, std::int64_t) {
    const Item item(node, place, found);
    if (!node.is_object()) return item.add("", fmt::format("must be an object, not {}", node.type_name()));
    sentences.push_back(Triples(source, item).read(node.contains("sentence") ? "sentence" : "text"));
    sentences.back().document = identifier(node, {"doc_id"});
  });
  if (sentences.empty() && found.empty()) problems.push_back({source.file.string(), "holds no sentences"});
  for (Problem& problem : found) problems.push_back(std::move(problem));
  return sentences;
}

}  // namespace spanlab
