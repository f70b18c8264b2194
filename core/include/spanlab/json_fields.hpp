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

#include "spanlab/error.hpp"
#include "spanlab/export.hpp"
#include "spanlab/json_view.hpp"

namespace spanlab {

/// A JSON object that is asked for its members one by one, with the types that they must have. What is wrong
/// is kept, with the path down to the member, what was expected and what stands there; the answer is then
/// empty. A member that nobody asked for may be a problem, or may change what a model does and be warned of.
class SPANLAB_API JsonFields {
 public:
  /// The object of a file; `finish()` tells what is wrong. Throws Error(data) if the file cannot be read or
  /// holds no JSON object.
  explicit JsonFields(const std::filesystem::path& file);
  /// A value that was read already: what is wrong is added to `problems`, with `place`. A problem if it is no
  /// object; it reads as an empty one then, without further problems. The value and the problems must outlive
  /// it.
  JsonFields(JsonView object, std::string place, std::vector<Problem>& problems, std::string path = "");
  ~JsonFields();
  JsonFields(JsonFields&&) noexcept;

  /// Members that must be there.
  std::string text(const std::string& key);
  std::int64_t integer(const std::string& key);
  double number(const std::string& key);
  bool boolean(const std::string& key);
  std::vector<std::string> texts(const std::string& key);
  std::vector<std::int64_t> integers(const std::string& key);
  JsonView list(const std::string& key);
  JsonFields object(const std::string& key);
  /// A whole number within these bounds; absent or other: a problem, and `least`.
  std::int64_t whole(const std::string& key, std::int64_t least, std::int64_t most);

  /// Members that may be absent; of another type: a problem, and `otherwise`.
  std::string text_or(const std::string& key, std::string otherwise);
  std::int64_t integer_or(const std::string& key, std::int64_t otherwise);
  double number_or(const std::string& key, double otherwise);
  bool boolean_or(const std::string& key, bool otherwise);
  /// A number from `least` to `most`.
  double number_or(const std::string& key, double otherwise, double least, double most);

  /// The same, with nothing for a member that is absent or of another type. True or false; if `or_null`, a
  /// null counts as absent.
  std::optional<bool> boolean_if_any(const std::string& key, bool or_null = false);
  std::optional<std::string> text_if_any(const std::string& key);
  /// An object or null below this one.
  std::optional<JsonFields> object_if_any(const std::string& key);
  /// The objects of a list or null below this one.
  std::vector<JsonFields> objects(const std::string& key);
  /// A value of any type.
  JsonView any(const std::string& key);

  /// Absent, or one of these values, which are given as JSON; another value: a problem that names them.
  void only(const std::string& key, std::initializer_list<const char*> values);
  /// Keys without a meaning for what is computed here.
  void harmless(std::initializer_list<const char*> keys);
  /// All keys of an object of whole numbers, as a vocabulary is.
  std::map<std::string, std::int64_t> numbers();

  /// Whether the key is there, whatever its value.
  bool has(const std::string& key) const;
  bool holds_object(const std::string& key) const;
  JsonView view() const;
  std::vector<std::string> keys() const;
  /// `a.key`, of an object that is the member `a` of another.
  std::string path(const std::string& key) const;
  /// `file: a.key`.
  std::string place(const std::string& key) const;
  /// A value for messages.
  std::string shown(const std::string& key) const;
  /// Adds a problem of a member, or of the whole object if the key is empty.
  void wrong(const std::string& key, const std::string& message);

  /// Called last: a member that no one asked for is a problem, with the nearest name.
  void no_others();
  /// Warns of each member that was not asked for.
  void warn_of_others() const;
  /// Throws Error(data) with all problems, those of objects below included.
  void finish() const;

 private:
  struct State;
  explicit JsonFields(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace spanlab
