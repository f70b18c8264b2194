// SPDX-License-Identifier: MIT
#include "data/readers.hpp"

#include <fmt/format.h>

#include <fstream>

namespace spanlab {

namespace fs = std::filesystem;

namespace {

// Line and column (in bytes, from 1) of the byte at `offset`.
std::pair<std::int64_t, std::int64_t> position(const std::string& text, std::size_t offset) {
  offset = std::min(offset, text.size());
  const std::int64_t line = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n');
  const std::size_t start = offset == 0 ? std::string::npos : text.rfind('\n', offset - 1);
  const std::size_t column = offset - (start == std::string::npos ? 0 : start + 1);
  return {line, static_cast<std::int64_t>(column) + 1};
}

// What the parser says, without its own idea of the position and its quotation of the last bytes.
std::string reason(const std::string& message) {
  std::size_t start = message.find(": ");
  std::string text = start == std::string::npos ? message : message.substr(start + 2);
  if (auto last = text.find("; last read:"); last != std::string::npos) {
    auto after = text.find("'; expected", last);
    text = text.substr(0, last) + (after == std::string::npos ? "" : text.substr(after + 1));
  }
  return text;
}

}  // namespace

std::string place_in(const fs::path& file, const std::string& text, std::size_t offset) {
  const auto [line, column] = position(text, offset);
  return fmt::format("{}:{}:{}", file.string(), line + 1, column);
}

std::string read_text(const fs::path& file, std::vector<Problem>& problems) {
  std::error_code error;
  if (!fs::exists(file, error)) {
    problems.push_back({file.string(), "does not exist"});
    return "";
  }
  std::ifstream stream(file, std::ios::binary);
  if (!fs::is_regular_file(file, error) || !stream) {
    problems.push_back({file.string(), "cannot be read"});
    return "";
  }
  std::string text(fs::file_size(file), '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!stream) problems.push_back({file.string(), "cannot be read to its end"});
  else if (text.empty()) problems.push_back({file.string(), "is empty"});
  return text;
}

nlohmann::json parse_json(const std::string& text, const fs::path& file, std::int64_t first_line, std::vector<Problem>& problems) {
  try {
    return nlohmann::json::parse(text);
  } catch (const nlohmann::json::parse_error& error) {
    const auto [line, column] = position(text, error.byte == 0 ? 0 : error.byte - 1);
    problems.push_back({fmt::format("{}:{}:{}", file.string(), first_line + line, column), "malformed JSON: " + reason(error.what())});
  }
  return nullptr;
}

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
      add("", fmt::format("'{}' must be a list of texts, but has {} at {}", key, word.type_name(), words.size()));
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
  problems_.push_back({what.empty() ? place_ : place_ + ", " + what, std::move(message)});
}

std::int32_t type_index(const std::vector<LabelType>& types, const std::string& name, const char* kind, const Item& item,
                        const std::string& what) {
  for (std::size_t i = 0; i < types.size(); ++i) {
    if (types[i].name == name) return static_cast<std::int32_t>(i);
  }
  std::vector<std::string> known;
  for (const LabelType& type : types) known.push_back(type.name);
  item.add(what, fmt::format("unknown {} type '{}'{} (known: {})", kind, name, did_you_mean(name, known), fmt::join(known, ", ")));
  return -1;
}

void turn_symmetric(Annotation& annotation, const Inventory& inventory) {
  for (Relation& relation : annotation.relations) {
    if (!inventory.relations[static_cast<std::size_t>(relation.type)].symmetric) continue;
    const auto& entities = annotation.entities;
    if (entities[static_cast<std::size_t>(relation.tail)].span.begin < entities[static_cast<std::size_t>(relation.head)].span.begin) {
      std::swap(relation.head, relation.tail);
    }
  }
}

}  // namespace spanlab
