// SPDX-License-Identifier: MIT
#include "spanlab/corpus_item.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "sdk/look_alike.hpp"
#include "sdk/utf8.hpp"
#include "spanlab/problem_list.hpp"

namespace spanlab {

namespace {

constexpr std::size_t kLongestShown = 60;  // bytes of a name in a message
constexpr std::size_t kMostNames = 50;     // types that a message names

std::string names_of(std::vector<std::string> known) {
  const std::size_t more = known.size() - std::min(known.size(), kMostNames);
  known.resize(known.size() - more);
  return fmt::format("{}{}", fmt::join(known, ", "), more > 0 ? fmt::format(" and {} more", more) : "");
}

// The type that looks like the name, though its letters are others, or else the nearest.
std::string hint_at(const std::string& name, const std::vector<std::string>& known) {
  for (const std::string& type : known) {
    if (std::string alike = look_alike(name, type); !alike.empty()) return alike;
  }
  return did_you_mean(name, known);
}

}  // namespace

std::vector<std::string> CorpusItem::words(const std::string& key) const {
  std::vector<std::string> words;
  const JsonView list = node_.find(key);
  if (!list) {
    add("", fmt::format("has no '{}'", key));
    return words;
  }
  if (!list.is_list()) {
    add("", fmt::format("'{}' must be a list of texts, not {}", key, list.kind()));
    return words;
  }
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (!list.at(i).is_text()) {
      add("", fmt::format("'{}' must be a list of texts, but has {} at {}", key, list.at(i).kind(), i));
      return {};
    }
    words.push_back(list.at(i).text());
  }
  if (words.empty()) add("", "is a sentence without words");
  return words;
}

JsonView CorpusItem::list(const std::string& key, Annotations annotations) const {
  const JsonView list = node_.find(key);
  if (list.is_list()) return list;
  if (list)
    add("", fmt::format("'{}' must be a list, not {}", key, list.kind()));
  else if (annotations == Annotations::needed)
    add("", fmt::format("has no '{}'", key));
  return {};
}

void CorpusItem::add(const std::string& what, std::string message) const {
  add_problem(problems_, what.empty() ? place_ : place_ + ", " + what, std::move(message));
}

std::int32_t type_index(const std::vector<LabelType>& types, const std::string& name, const char* kind,
                        const CorpusItem& item, const std::string& what) {
  std::vector<std::string> known;
  for (std::size_t i = 0; i < types.size(); ++i) {
    if (types[i].name == name) return static_cast<std::int32_t>(i);
    known.push_back(types[i].name);
  }
  item.add(what, fmt::format("unknown {} type '{}'{} (known: {})", kind, shortened(name, kLongestShown),
                             hint_at(name, known), names_of(known)));
  return -1;
}

std::string identifier(JsonView node, std::initializer_list<const char*> keys) {
  for (const char* key : keys) {
    const JsonView found = node.find(key);
    if (found.is_text()) return found.text();
    if (found.is_whole()) return std::to_string(found.whole());
  }
  return "";
}

void for_each_line(std::string_view text, const std::function<void(std::string_view, std::int64_t)>& each) {
  for (std::int64_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    if (line.find_first_not_of(" \t\r") != line.npos) each(line, number);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

void turn_symmetric(Annotation& annotation, const Inventory& inventory) {
  const auto begin = [&](std::int32_t entity) {
    return annotation.entities[static_cast<std::size_t>(entity)].span.begin;
  };
  for (Relation& relation : annotation.relations) {
    const bool symmetric = inventory.relations[static_cast<std::size_t>(relation.type)].symmetric;
    if (symmetric && begin(relation.tail) < begin(relation.head)) std::swap(relation.head, relation.tail);
  }
}

}  // namespace spanlab
