// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "spanlab/error.hpp"
#include "spanlab/export.hpp"

namespace spanlab {

/// A value of a JSON text: a view, valid as long as its JsonDocument, or the call that gives it. A value that
/// is not there, or is asked for what it is not, answers with nothing: no text, 0, false, no members.
class SPANLAB_API JsonView {
 public:
  /// A value that is not there.
  JsonView() = default;
  /// Whether the value is there.
  explicit operator bool() const { return node_ != nullptr; }

  bool is_object() const;
  bool is_list() const;
  bool is_text() const;
  bool is_number() const;
  /// A whole number of at most 64 bits, written as one.
  bool is_whole() const;
  bool is_boolean() const;
  bool is_null() const;
  /// `object`, `array`, `string`, `number`, `boolean` or `null`, for messages.
  const char* kind() const;

  /// Members of a list or an object.
  std::size_t size() const;
  /// A list's value at a place from 0.
  JsonView at(std::size_t place) const;
  /// An object's member.
  JsonView find(const std::string& key) const;
  /// An object's keys, sorted.
  std::vector<std::string> keys() const;

  const std::string& text() const;
  std::int64_t whole() const;
  double number() const;
  bool boolean() const;
  /// Whether both are there and the same value.
  bool operator==(const JsonView& other) const;
  /// The value in at most about 60 bytes, for messages.
  std::string shown() const;

 private:
  friend struct JsonAccess;
  explicit JsonView(const void* node) : node_(node) {}
  const void* node_ = nullptr;
};

/// A JSON text that was read.
class SPANLAB_API JsonDocument {
 public:
  JsonDocument() = default;
  /// Reads one value, which stands in line `first_line` of `file` and after. A byte order mark may stand
  /// before it. If it is malformed (not UTF-8, a number beyond a double's range, a key that stands twice, too
  /// deep): problems with file, line and column, and no root.
  JsonDocument(std::string_view text, const std::filesystem::path& file, std::int64_t first_line,
               std::vector<Problem>& problems);
  JsonView root() const { return root_; }

 private:
  std::shared_ptr<const void> owner_;
  JsonView root_;
};

/// Calls `each` for every value of a text that is one list of values, or one value a line; with its place
/// (`file: item 3` or `file:4`) and the number of the item or line, from 1. Which of the two it is, its
/// content says. Problems as JsonDocument has them, of each line.
SPANLAB_API void for_each_json(
    std::string_view text, const std::filesystem::path& file, std::vector<Problem>& problems,
    const std::function<void(JsonView value, const std::string& place, std::int64_t number)>& each);

}  // namespace spanlab
