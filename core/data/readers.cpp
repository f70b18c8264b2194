// SPDX-License-Identifier: MIT
#include "data/readers.hpp"

#include <fmt/format.h>

#include <map>
#include <set>

#include "sdk/problem_list.hpp"
#include "sdk/utf8.hpp"
#include "text/look_alike.hpp"

namespace spanlab {

namespace {

constexpr std::size_t kLongestShown = 60;  // bytes of a name in a message

}  // namespace

std::vector<std::string> Item::words(const char* key) const {
  std::vector<std::string> words;
  if (!node_.is_object() || !node_.contains(key)) {
    add("", fmt::format("has no '{}'", key));
    return words;
  }
  const nlohmann::json& node = node_[key];
  if (!node.is_array()) {
    add("", fmt::format("'{}' must be a list of texts, not {}", key, node.type_name()));
    return words;
  }
  for (const auto& word : node) {
    if (!word.is_string()) {
      add("",
          fmt::format("'{}' must be a list of texts, but has {} at {}", key, word.type_name(), words.size()));
      return {};
    }
    words.push_back(word.get<std::string>());
  }
  if (words.empty()) add("", "is a sentence without words");
  return words;
}

const nlohmann::json& Item::list(const std::string& key, Annotations annotations) const {
  static const nlohmann::json empty = nlohmann::json::array();
  if (!node_.is_object() || !node_.contains(key)) {
    if (annotations == Annotations::needed) add("", fmt::format("has no '{}'", key));
    return empty;
  }
  if (node_[key].is_array()) return node_[key];
  add("", fmt::format("'{}' must be a list, not {}", key, node_[key].type_name()));
  return empty;
}

void Item::add(const std::string& what, std::string message) const {
  add_problem(problems_, what.empty() ? place_ : place_ + ", " + what, std::move(message));
}

std::int32_t type_index(const std::vector<LabelType>& types, const std::string& name, const char* kind,
                        const Item& item, const std::string& what) {
  for (std::size_t i = 0; i < types.size(); ++i) {
    if (types[i].name == name) return static_cast<std::int32_t>(i);
  }
  std::vector<std::string> known;
  for (const LabelType& type : types) known.push_back(type.name);
  std::string hint;
  for (const std::string& type : known) hint = hint.empty() ? look_alike(name, type) : hint;
  if (hint.empty()) hint = did_you_mean(name, known);
  constexpr std::size_t kMostNames = 50;
  const std::size_t more = known.size() - std::min(known.size(), kMostNames);
  known.resize(known.size() - more);
  item.add(what,
           fmt::format("unknown {} type '{}'{} (known: {}{})", kind, shortened(name, kLongestShown), hint,
                       fmt::join(known, ", "), more > 0 ? fmt::format(" and {} more", more) : ""));
  return -1;
}

void for_each_line(std::string_view text, const std::function<void(std::string_view, std::int64_t)>& each) {
  for (std::int64_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    if (line.find_first_not_of(" \t\r") != line.npos) each(line, number);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

std::string identifier(const nlohmann::json& node, std::initializer_list<const char*> keys) {
  for (const char* key : keys) {
    const auto found = node.is_object() ? node.find(key) : node.end();
    if (!node.is_object() || found == node.end()) continue;
    if (found->is_string()) return found->get<std::string>();
    if (found->is_number_integer()) return found->dump();
  }
  return "";
}

void make_unique(std::vector<Sentence>& sentences) {
  std::set<std::string> seen;
  std::map<std::string, int> copies;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    const std::string given = sentences[i].id.empty() ? std::to_string(i) : sentences[i].id;
    std::string id = given;
    for (int* copy = nullptr; !seen.insert(id).second; id = fmt::format("{}#{}", given, ++*copy)) {
      if (!copy) copy = &copies.emplace(given, 1).first->second;
    }
    sentences[i].id = std::move(id);
  }
}

void turn_symmetric(Annotation& annotation, const Inventory& inventory) {
  for (Relation& relation : annotation.relations) {
    if (!inventory.relations[static_cast<std::size_t>(relation.type)].symmetric) continue;
    const auto& entities = annotation.entities;
    if (entities[static_cast<std::size_t>(relation.tail)].span.begin <
        entities[static_cast<std::size_t>(relation.head)].span.begin) {
      std::swap(relation.head, relation.tail);
    }
  }
}

}  // namespace spanlab
