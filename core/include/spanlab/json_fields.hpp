// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "spanlab/export.hpp"

namespace spanlab {

/// A JSON object of a pretrained model's file, asked for its keys one by one. What is wrong with them is kept
/// until `finish()`; a key that nobody asked for may change what the model does, and can be warned of.
class SPANLAB_API JsonFields {
 public:
  /// Reads the file. Throws Error(data) if that fails or it holds no JSON object.
  explicit JsonFields(const std::filesystem::path& file);
  ~JsonFields();
  JsonFields(JsonFields&&) noexcept;

  /// Whether the key is there, whatever its value.
  bool has(const std::string& key) const;
  bool holds_object(const std::string& key) const;
  /// A whole number within these bounds; absent or other: a problem, and `least`.
  std::int64_t whole(const std::string& key, std::int64_t least, std::int64_t most);
  /// A number from `least` to `most`; absent: `otherwise`; another value: a problem, and `otherwise`.
  double number_or(const std::string& key, double otherwise, double least, double most);
  /// True or false, or nothing where the key is absent or, if `or_null`, null; another value: a problem, and
  /// nothing.
  std::optional<bool> boolean(const std::string& key, bool or_null = false);
  /// A text, or nothing; another value: a problem, and nothing.
  std::optional<std::string> text(const std::string& key);
  /// Absent, or one of these values, which are given as JSON; another value: a problem that names them.
  void only(const std::string& key, std::initializer_list<const char*> values);
  /// Keys without a meaning for what is computed here.
  void harmless(std::initializer_list<const char*> keys);
  /// An object or null below this one; another value: a problem, and nothing.
  std::optional<JsonFields> object(const std::string& key);
  /// The objects of a list below this one; another value: a problem.
  std::vector<JsonFields> objects(const std::string& key);
  /// All keys of an object of whole numbers, as a vocabulary is.
  std::map<std::string, std::int64_t> numbers();

  std::vector<std::string> keys() const;
  /// `file: a.key`.
  std::string place(const std::string& key) const;
  /// A value for messages.
  std::string shown(const std::string& key) const;
  void wrong(const std::string& key, const std::string& message);

  /// Warns of each key that was not asked for.
  void warn_of_others() const;
  /// Throws Error(data) with all problems, those of objects below included.
  void finish() const;

 private:
  struct State;
  explicit JsonFields(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace spanlab
