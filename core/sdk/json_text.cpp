// SPDX-License-Identifier: MIT
#include "spanlab/json_text.hpp"

#include <fmt/format.h>

#include <iterator>
#include <limits>
#include <list>
#include <set>
#include <type_traits>

#include "sdk/json_value.hpp"
#include "sdk/problem_list.hpp"
#include "sdk/text_file.hpp"
#include "sdk/utf8.hpp"

namespace spanlab {

namespace fs = std::filesystem;

namespace {

// A byte of the text; where the parser stands is known from the last one that it took.
struct Cursor {
  using iterator_category = std::forward_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  const char* at = nullptr;
  const char** taken = nullptr;

  reference operator*() const { return *at; }
  Cursor& operator++() {
    *taken = ++at;
    return *this;
  }
  Cursor operator++(int) {
    const Cursor old = *this;
    ++*this;
    return old;
  }
  bool operator==(const Cursor& other) const { return at == other.at; }
  bool operator!=(const Cursor& other) const { return at != other.at; }
};

// Builds a value from the parser's events and ends the parse at what Spanlab does not take.
template <typename Json>
class Builder {
 public:
  Builder(std::string_view text, const char* const& taken) : text_(text), taken_(taken) {}

  bool null() { return add(nullptr); }
  bool boolean(bool value) { return add(value); }
  bool number_integer(std::int64_t value) { return add(value); }
  bool number_unsigned(std::uint64_t value) {
    if (value <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
      return add(static_cast<std::int64_t>(value));
    }
    return add(static_cast<double>(value));
  }
  bool number_float(double value, const std::string&) { return add(value); }
  bool string(std::string& value) { return add(std::move(value)); }
  bool binary(typename Json::binary_t&) { return false; }

  bool start_object(std::size_t) { return open(Json::object()); }
  bool key(std::string& name) {
    Level& level = levels_.back();
    auto& object = level.node->template get_ref<typename Json::object_t&>();
    if constexpr (std::is_same_v<Json, nlohmann::json>) {
      const auto [at, is_new] = object.emplace(name, nullptr);
      level.member = is_new ? &at->second : twice(name);
    } else if (level.names.insert(name)
                   .second) {  // the ordered map would look through all members for each new one
      auto& members = static_cast<typename Json::object_t::Container&>(object);
      members.emplace_back(std::move(name), nullptr);
      level.member = &members.back().second;
    } else {
      level.member = twice(name);
    }
    return true;
  }
  bool end_object() { return close(); }
  bool start_array(std::size_t) { return open(Json::array()); }
  bool end_array() { return close(); }

  bool parse_error(std::size_t position, const std::string& token, const nlohmann::detail::exception& error) {
    std::size_t offset = position == 0 ? 0 : position - 1;
    const std::string_view rest = text_.substr(std::min(offset, text_.size()));
    if (error.id == 406) {  // a number beyond a double
      offset = position > token.size() ? position - token.size() : 0;
      return add("malformed JSON: the number " + token.substr(0, 40) + " is beyond the range of numbers",
                 offset);
    }
    if (rest.starts_with("NaN") || rest.starts_with("Infinity")) {
      return add("malformed JSON: NaN and Infinity are no JSON: numbers must be finite", offset);
    }
    return add("malformed JSON: " + reason(error.what()), offset);
  }

  Json& value() { return root_; }
  /// What is wrong, with its byte.
  const std::vector<std::pair<std::size_t, std::string>>& faults() const { return faults_; }

 private:
  struct Level {
    Json* node;
    Json* member = nullptr;
    std::set<std::string> names;
  };

  Json* place(Json value) {
    if (levels_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    Level& level = levels_.back();
    if (level.node->is_array()) {
      auto& list = level.node->template get_ref<typename Json::array_t&>();
      list.push_back(std::move(value));
      return &list.back();
    }
    *level.member = std::move(value);
    return level.member;
  }
  bool add(Json value) {
    place(std::move(value));
    return true;
  }
  bool open(Json value) {
    if (levels_.size() == kDeepestJson) {
      return add(
          fmt::format("malformed JSON: lists and objects lie more than {} deep in each other", kDeepestJson),
          last_taken());
    }
    Json* node = place(std::move(value));
    levels_.push_back({node, nullptr, {}});
    return true;
  }
  bool close() {
    levels_.pop_back();
    return true;
  }
  std::size_t last_taken() const {
    const auto taken = static_cast<std::size_t>(taken_ - text_.data());
    return taken == 0 ? 0 : taken - 1;
  }
  // Adds what is wrong and ends the parse.
  bool add(std::string message, std::size_t offset) {
    faults_.emplace_back(offset, std::move(message));
    return false;
  }
  // Where the value of a key goes that is there already: nowhere, and the parse goes on.
  Json* twice(const std::string& name) {
    if (faults_.size() <= kMostOfAKind) {
      add(fmt::format("key '{}' stands twice in one object", shortened(name, 60)), last_taken());
    }
    return &ignored_.emplace_back();
  }

  // What the parser says, without its own idea of the position and its quotation of the last bytes.
  static std::string reason(const std::string& message) {
    const std::size_t start = message.find(": ");
    std::string text = start == std::string::npos ? message : message.substr(start + 2);
    if (auto last = text.find("; last read:"); last != std::string::npos) {
      const auto after = text.find("'; expected", last);
      text = text.substr(0, last) + (after == std::string::npos ? "" : text.substr(after + 1));
    }
    return text;
  }

  std::string_view text_;
  const char* const& taken_;
  Json root_;
  std::vector<Level> levels_;
  std::list<Json> ignored_;
  std::vector<std::pair<std::size_t, std::string>> faults_;
};

template <typename Json>
Json parse(std::string_view text, const fs::path& file, std::int64_t first_line,
           std::vector<Problem>& problems) {
  const char* taken = text.data();
  Builder<Json> builder(text, taken);
  Json::sax_parse(Cursor{text.data(), &taken}, Cursor{text.data() + text.size(), &taken}, &builder);
  if (builder.faults().empty()) return std::move(builder.value());
  for (const auto& [offset, message] : builder.faults()) {
    add_problem(problems, place_in(file, text, offset, first_line), message);
  }
  return nullptr;
}

}  // namespace

nlohmann::json parse_json(std::string_view text, const fs::path& file, std::int64_t first_line,
                          std::vector<Problem>& problems) {
  return parse<nlohmann::json>(text, file, first_line, problems);
}

nlohmann::json parse_json(std::string_view text, const fs::path& file) {
  std::vector<Problem> problems;
  nlohmann::json value = parse_json(text, file, 1, problems);
  if (!problems.empty()) throw Error(ErrorKind::data, std::move(problems));
  return value;
}

std::string read_json_text(const fs::path& file) {
  std::vector<Problem> problems;
  std::string text = read_text(file, problems);
  if (problems.empty()) parse_json(text, file, 1, problems);
  if (!problems.empty()) throw Error(ErrorKind::data, std::move(problems));
  return text;
}

void check_json_text(std::string_view text, const fs::path& file) { parse_json(text, file); }

std::vector<std::string> members_in_order(std::string_view text, const std::string& key) {
  std::vector<Problem> none;
  const auto root = parse<nlohmann::ordered_json>(text, "", 1, none);
  std::vector<std::string> names;
  const nlohmann::ordered_json& object = key.empty() || !root.is_object() ? root : root.at(key);
  if (!object.is_object()) return names;
  for (const auto& [name, value] : object.items()) names.push_back(name);
  return names;
}

}  // namespace spanlab
