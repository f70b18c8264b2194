// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <toml++/toml.h>
#include <vector>

#include "data/card.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host {

/// Bytes of a file; a type takes some twenty.
inline constexpr std::uintmax_t kLargestToml = 4 << 20;

/// The whole file; a problem with file, line and column, and nothing, if it cannot be read or is malformed.
std::optional<toml::table> parse_toml(const std::filesystem::path& file, std::vector<Problem>& problems);

/// A table whose keys are asked for one by one. What is wrong is added to the problems, with file, line and
/// column.
class TomlTable {
 public:
  TomlTable(const toml::table& table, std::string name, std::string file, std::vector<Problem>& problems)
      : table_(table), name_(std::move(name)), file_(std::move(file)), problems_(problems) {}

  /// Must be called last: a key that no one asked for is an error.
  void finish();

  std::string text(const std::string& key) { return text(key, nullptr); }
  std::string text_or(const std::string& key, const char* otherwise) { return text(key, otherwise); }
  /// One of a few words.
  std::string choice(const std::string& key, const std::vector<std::string>& choices,
                     const char* otherwise = nullptr);
  /// True or false, or nothing where the key is absent.
  std::optional<bool> boolean(const std::string& key);
  /// A whole number from 0.
  std::int64_t count_or(const std::string& key, std::int64_t otherwise);
  std::vector<std::string> texts_or(const std::string& key, std::vector<std::string> otherwise);
  /// Whether the key's value is a table.
  bool holds_table(const std::string& key) const;
  /// The values of all keys that are left, as a component's parameters. One that cannot be a parameter's: a
  /// problem.
  std::map<std::string, Value> others();
  /// A table below this one, or nothing.
  std::optional<TomlTable> table(const std::string& key);
  /// `path` and `sha256` of this table.
  CardFile card_file();

  std::vector<std::string> keys() const;
  void add(const toml::source_region& where, std::string message);
  const toml::source_region& source() const { return table_.source(); }
  /// Where the value of a key stands; the table where it has none.
  const toml::source_region& source(const std::string& key) const;
  std::string path(const std::string& key) const { return name_.empty() ? key : name_ + '.' + key; }

 private:
  std::string text(const std::string& key, const char* otherwise);
  const toml::node* find(const std::string& key);

  const toml::table& table_;
  std::string name_;
  std::string file_;
  std::vector<Problem>& problems_;
  std::set<std::string> known_;
};

}  // namespace spanlab::host
