// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sdk/json_value.hpp"
#include "spanlab/error.hpp"

// Whole files of JSON values, and objects whose members have types.

namespace spanlab {

/// Calls `each` for every value of a text that is one list of values, or one value a line; with its place
/// (`file: item 3` or `file:4`) and the number of the item or line, from 1. Which of the two it is, its
/// content says. Problems as parse_json has them, of each line.
SPANLAB_API void for_each_json(
    std::string_view text, const std::filesystem::path& file, std::vector<Problem>& problems,
    const std::function<void(const nlohmann::json&, const std::string& place, std::int64_t number)>& each);

/// Whether a text is meant as JSON and not as words: it begins with an object, or with a list of objects,
/// texts or lists.
SPANLAB_API bool looks_like_json(std::string_view text);

/// An object whose members are read with the types that they must have. What is wrong is added to the
/// problems, with `place` and the path down to the member, what was expected and what stands there; the
/// answer is then empty.
class SPANLAB_API JsonObject {
 public:
  /// A problem if `node` is no object; it reads as an empty one then, without further problems.
  JsonObject(const nlohmann::json& node, std::string place, std::vector<Problem>& problems,
             std::string path = "");

  std::string text(const std::string& key);
  std::int64_t integer(const std::string& key);
  double number(const std::string& key);
  bool boolean(const std::string& key);
  std::vector<std::string> texts(const std::string& key);
  std::vector<std::int64_t> integers(const std::string& key);
  const nlohmann::json& list(const std::string& key);
  JsonObject object(const std::string& key);
  /// Of any type, null if absent.
  const nlohmann::json& any(const std::string& key);

  /// The same for members that may be absent.
  std::string text_or(const std::string& key, std::string otherwise);
  std::int64_t integer_or(const std::string& key, std::int64_t otherwise);
  double number_or(const std::string& key, double otherwise);
  bool boolean_or(const std::string& key, bool otherwise);

  bool has(const std::string& key) const { return node_->contains(key); }
  const nlohmann::json& node() const { return *node_; }
  std::string path(const std::string& key) const { return path_.empty() ? key : path_ + '.' + key; }
  void add(const std::string& key, const std::string& message);
  /// Called last: a member that no one asked for is a problem, with the nearest name.
  void finish();

 private:
  const nlohmann::json* find(const std::string& key, const char* expected,
                             bool (*fits)(const nlohmann::json&), bool needed);

  const nlohmann::json* node_;
  std::string place_;
  std::vector<Problem>* problems_;
  std::string path_;
  std::set<std::string> known_;
  bool is_object_;
};

}  // namespace spanlab
