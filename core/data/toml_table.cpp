// SPDX-License-Identifier: MIT
#include "data/toml_table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "spanlab/input_file.hpp"
#include "spanlab/problem_list.hpp"
#include "spanlab/text_file.hpp"

namespace spanlab::host {

namespace fs = std::filesystem;

namespace {

std::string place(const std::string& file, const toml::source_region& source) {
  return fmt::format("{}:{}:{}", file, source.begin.line, source.begin.column);
}

// Each dot of a key is a table in a table, and the library goes down them on the stack.
void check_depth(const std::string& text, const fs::path& file, std::vector<Problem>& problems) {
  constexpr int kMostDots = 1000;  // of one line, outside of quotations
  std::int64_t number = 1;
  int dots = 0;
  char quote = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n') {
      ++number;
      dots = 0;
      quote = 0;
    } else if (quote != 0) {
      if (c == quote)
        quote = 0;
      else if (c == '\\' && quote == '"')
        ++i;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '.' && ++dots == kMostDots) {
      add_problem(problems, fmt::format("{}:{}", file.string(), number),
                  fmt::format("a key with {} dots and more", kMostDots));
    }
  }
}

// The items of a list, if they are all of this type.
template <typename Wanted>
std::optional<Value> list_of(const toml::array& array) {
  std::vector<Wanted> items;
  for (const toml::node& node : array) {
    if (const auto item = node.value_exact<Wanted>())
      items.push_back(*item);
    else if (const auto whole = node.value_exact<std::int64_t>(); whole && std::is_same_v<Wanted, double>)
      items.push_back(*node.value<Wanted>());
    else
      return std::nullopt;
  }
  return items;
}

std::optional<Value> value_of(const toml::node& node) {
  if (const auto text = node.value_exact<std::string>()) return *text;
  if (const auto truth = node.value_exact<bool>()) return *truth;
  if (const auto whole = node.value_exact<std::int64_t>()) return *whole;
  if (const auto number = node.value_exact<double>()) return *number;
  const toml::array* array = node.as_array();
  if (!array) return std::nullopt;
  const auto texts = list_of<std::string>(*array);
  return texts ? texts : list_of<double>(*array);
}

}  // namespace

std::optional<toml::table> parse_toml(const fs::path& file, std::vector<Problem>& problems) {
  if (!check_input(file, problems)) return std::nullopt;
  std::error_code error;
  const std::uintmax_t size = fs::file_size(file, error);
  if (!error && size > kLargestToml) {
    problems.push_back(
        {file.string(), fmt::format("has {} bytes; a card or site file has at most {}", size, kLargestToml)});
  }
  const std::size_t before = problems.size();
  if (error) problems.push_back({file.string(), error.message()});
  if (error || size > kLargestToml) return std::nullopt;
  if (size == 0) return toml::table{};
  const std::string text = read_text(file, problems);
  if (problems.size() == before) check_depth(text, file, problems);
  if (problems.size() > before) return std::nullopt;
  try {
    return toml::parse(text, file.string());
  } catch (const toml::parse_error& failure) {
    problems.push_back({place(file.string(), failure.source()), std::string(failure.description())});
    return std::nullopt;
  }
}

void TomlTable::finish() {
  const std::vector<std::string> names(known_.begin(), known_.end());
  for (const auto& [key, node] : table_) {
    const std::string name(key.str());
    if (!known_.count(name))
      add(key.source(), fmt::format("unknown key '{}'{}", path(name), did_you_mean(name, names)));
  }
}

std::string TomlTable::choice(const std::string& key, const std::vector<std::string>& choices,
                              const char* otherwise) {
  const std::string value = text(key, otherwise);
  if (!value.empty() && std::ranges::find(choices, value) == choices.end()) {
    add(source(key), fmt::format("{} is '{}', expected one of {}{}", path(key), value,
                                 fmt::join(choices, ", "), did_you_mean(value, choices)));
  }
  return value;
}

std::optional<bool> TomlTable::boolean(const std::string& key) {
  const toml::node* node = find(key);
  if (!node) return std::nullopt;
  if (node->is_boolean()) return node->as_boolean()->get();
  add(node->source(), fmt::format("{} must be true or false, without quotes", path(key)));
  return std::nullopt;
}

std::int64_t TomlTable::count_or(const std::string& key, std::int64_t otherwise) {
  const toml::node* node = find(key);
  if (!node) return otherwise;
  if (node->is_integer() && node->as_integer()->get() >= 0) return node->as_integer()->get();
  add(node->source(), fmt::format("{} must be a whole number from 0", path(key)));
  return otherwise;
}

std::vector<std::string> TomlTable::texts_or(const std::string& key, std::vector<std::string> otherwise) {
  const toml::node* node = find(key);
  if (!node) return otherwise;
  std::vector<std::string> values;
  if (const toml::array* array = node->as_array()) {
    for (const toml::node& item : *array) {
      if (const auto* value = item.as_string())
        values.push_back(value->get());
      else
        add(item.source(), fmt::format("{} must be a list of texts", path(key)));
    }
  } else {
    add(node->source(), fmt::format("{} must be a list of texts", path(key)));
  }
  return values;
}

bool TomlTable::holds_table(const std::string& key) const {
  const toml::node* node = table_.get(key);
  return node && node->is_table();
}

std::map<std::string, Value> TomlTable::others() {
  std::map<std::string, Value> values;
  for (const auto& [key, node] : table_) {
    const std::string name(key.str());
    if (!known_.insert(name).second) continue;
    if (auto value = value_of(node))
      values.emplace(name, std::move(*value));
    else
      add(node.source(), fmt::format("{} must be a value or a list of texts or of numbers", path(name)));
  }
  return values;
}

std::optional<TomlTable> TomlTable::table(const std::string& key) {
  const toml::node* node = find(key);
  if (!node) return std::nullopt;
  if (const toml::table* inner = node->as_table()) return TomlTable(*inner, path(key), file_, problems_);
  add(node->source(), fmt::format("{} must be a table", path(key)));
  return std::nullopt;
}

std::vector<std::string> TomlTable::keys() const {
  std::vector<std::string> names;
  for (const auto& [key, node] : table_) names.emplace_back(key.str());
  return names;
}

CardFile TomlTable::card_file() {
  CardFile file{text("path"), text("sha256")};
  const fs::path path(file.path);
  if (path.is_absolute() || std::ranges::find(path, fs::path("..")) != path.end()) {
    add(source("path"), fmt::format("{} is '{}', expected a path below the data set's folder",
                                    this->path("path"), file.path));
  }
  const bool hexadecimal = file.sha256.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!file.sha256.empty() && (file.sha256.size() != 64 || !hexadecimal)) {
    add(source("sha256"), fmt::format("{} must be 64 lower-case hexadecimal digits", this->path("sha256")));
  }
  return file;
}

void TomlTable::add(const toml::source_region& where, std::string message) {
  problems_.push_back({place(file_, where), std::move(message)});
}

std::string TomlTable::text(const std::string& key, const char* otherwise) {
  const toml::node* node = find(key);
  if (!node && otherwise) return otherwise;
  if (!node)
    add(table_.source(), fmt::format("'{}' is missing", path(key)));
  else if (!node->is_string())
    add(node->source(), fmt::format("{} must be a text", path(key)));
  else if (node->as_string()->get().empty())
    add(node->source(), fmt::format("{} is empty", path(key)));
  else
    return node->as_string()->get();
  return "";
}

const toml::node* TomlTable::find(const std::string& key) {
  known_.insert(key);
  return table_.get(key);
}

const toml::source_region& TomlTable::source(const std::string& key) const {
  const toml::node* node = table_.get(key);
  return node ? node->source() : table_.source();
}

}  // namespace spanlab::host
