// SPDX-License-Identifier: MIT
#include "files/json_file.hpp"

#include <fmt/format.h>

#include <iterator>
#include <limits>
#include <list>
#include <type_traits>

#include "files/text_file.hpp"
#include "sdk/problem_list.hpp"
#include "sdk/utf8.hpp"
#include "spanlab/json_text.hpp"

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
    if (value <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
      return add(static_cast<std::int64_t>(value));
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
    if (rest.starts_with("NaN") || rest.starts_with("Infinity"))
      return add("malformed JSON: NaN and Infinity are no JSON: numbers must be finite", offset);
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
    if (levels_.size() == kDeepestJson)
      return add(
          fmt::format("malformed JSON: lists and objects lie more than {} deep in each other", kDeepestJson),
          last_taken());
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
    if (faults_.size() <= kMostOfAKind)
      add(fmt::format("key '{}' stands twice in one object", shortened(name, 60)), last_taken());
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
  for (const auto& [offset, message] : builder.faults())
    add_problem(problems, place_in(file, text, offset, first_line), message);
  return nullptr;
}

bool is_json_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::string_view without_blanks_before(std::string_view text) {
  while (!text.empty() && is_json_blank(text.front())) text.remove_prefix(1);
  return text;
}

}  // namespace

nlohmann::json parse_json(std::string_view text, const fs::path& file, std::int64_t first_line,
                          std::vector<Problem>& problems) {
  return parse<nlohmann::json>(text, file, first_line, problems);
}

nlohmann::ordered_json parse_ordered_json(std::string_view text, const fs::path& file,
                                          std::int64_t first_line, std::vector<Problem>& problems) {
  return parse<nlohmann::ordered_json>(text, file, first_line, problems);
}

nlohmann::json parse_json(std::string_view text, const fs::path& file) {
  std::vector<Problem> problems;
  nlohmann::json value = parse_json(text, file, 1, problems);
  if (!problems.empty()) throw Error(ErrorKind::data, std::move(problems));
  return value;
}

nlohmann::json read_json_file(const fs::path& file) {
  std::vector<Problem> problems;
  const std::string text = read_text(file, problems);
  nlohmann::json value = problems.empty() ? parse_json(text, file, 1, problems) : nlohmann::json();
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

void for_each_json(
    std::string_view text, const fs::path& file, std::vector<Problem>& problems,
    const std::function<void(const nlohmann::json&, const std::string& place, std::int64_t number)>& each) {
  const std::string_view content = without_blanks_before(text);
  const std::size_t known = problems.size();
  if (content.starts_with('[')) {
    const nlohmann::json items = parse_json(text, file, 1, problems);
    if (problems.size() > known &&
        problems.back().message.find("expected end of input") != std::string::npos) {
      problems.back().message += ": one list is expected, or one object a line";
    }
    if (problems.size() > known) return;
    for (std::size_t i = 0; i < items.size(); ++i)
      each(items[i], fmt::format("{}: item {}", file.string(), i), static_cast<std::int64_t>(i) + 1);
    return;
  }
  // One object may stand over several lines.
  std::vector<Problem> not_whole;
  if (const auto end = content.find('\n');
      end != content.npos && !(parse_json(content.substr(0, end), file, 1, not_whole), not_whole).empty()) {
    not_whole.clear();
    const nlohmann::json value = parse_json(text, file, 1, not_whole);
    if (not_whole.empty()) return each(value, file.string(), 1);
  }
  std::int64_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    if (without_blanks_before(line).empty()) continue;
    const std::size_t before = number_of(problems);
    const nlohmann::json value = parse_json(line, file, number, problems);
    if (static_cast<std::size_t>(number_of(problems)) == before)
      each(value, fmt::format("{}:{}", file.string(), number), number);
  }
}

bool looks_like_json(std::string_view text) {
  text = without_blanks_before(text);
  if (text.empty() || (text.front() != '{' && text.front() != '[')) return false;
  const bool object = text.front() == '{';
  const std::string_view rest = without_blanks_before(text.substr(1));
  if (rest.empty()) return false;
  return object ? rest.front() == '"' || rest.front() == '}'
                : std::string_view("{[\"]").find(rest.front()) != std::string_view::npos;
}

std::string shown(const nlohmann::json& value) {
  if (value.is_structured() && !value.empty()) return value.is_object() ? "an object" : "a list";
  std::string text = value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  return shortened(text, 60);
}

JsonObject::JsonObject(const nlohmann::json& node, std::string place, std::vector<Problem>& problems,
                       std::string path)
    : node_(&node),
      place_(std::move(place)),
      problems_(&problems),
      path_(std::move(path)),
      is_object_(node.is_object()) {
  static const nlohmann::json empty = nlohmann::json::object();
  if (is_object_) return;
  node_ = &empty;
  if (!node.is_discarded())
    add_problem(problems, place_,
                fmt::format("{}expected an object, got {}", path_.empty() ? "" : path_ + ": ", shown(node)));
}

void JsonObject::add(const std::string& key, const std::string& message) {
  add_problem(*problems_, place_,
              key.empty() ? (path_.empty() ? message : path_ + ": " + message) : path(key) + ": " + message);
}

const nlohmann::json* JsonObject::find(const std::string& key, const char* expected,
                                       bool (*fits)(const nlohmann::json&), bool needed) {
  known_.insert(key);
  const auto found = node_->find(key);
  if (found == node_->end()) {
    if (needed && is_object_) add(key, fmt::format("is missing: expected {}", expected));
    return nullptr;
  }
  if (fits(*found)) return &*found;
  add(key, fmt::format("expected {}, got {}", expected, shown(*found)));
  return nullptr;
}

namespace {

namespace is {
bool text(const nlohmann::json& node) { return node.is_string(); }
bool integer(const nlohmann::json& node) { return node.is_number_integer(); }
bool number(const nlohmann::json& node) { return node.is_number(); }
bool boolean(const nlohmann::json& node) { return node.is_boolean(); }
bool list(const nlohmann::json& node) { return node.is_array(); }
bool object(const nlohmann::json& node) { return node.is_object(); }
bool texts(const nlohmann::json& node) {
  return node.is_array() && std::all_of(node.begin(), node.end(), text);
}
bool integers(const nlohmann::json& node) {
  return node.is_array() && std::all_of(node.begin(), node.end(), integer);
}
bool any(const nlohmann::json&) { return true; }
}  // namespace is

template <typename T>
T member_or(const nlohmann::json* node, T otherwise) {
  return node ? node->get<T>() : std::move(otherwise);
}

}  // namespace

std::string JsonObject::text(const std::string& key) {
  return member_or<std::string>(find(key, "a text", is::text, true), "");
}
std::int64_t JsonObject::integer(const std::string& key) {
  return member_or<std::int64_t>(find(key, "a whole number", is::integer, true), 0);
}
double JsonObject::number(const std::string& key) {
  return member_or<double>(find(key, "a number", is::number, true), 0);
}
bool JsonObject::boolean(const std::string& key) {
  return member_or<bool>(find(key, "true or false", is::boolean, true), false);
}
std::vector<std::string> JsonObject::texts(const std::string& key) {
  return member_or<std::vector<std::string>>(find(key, "a list of texts", is::texts, true), {});
}
std::vector<std::int64_t> JsonObject::integers(const std::string& key) {
  return member_or<std::vector<std::int64_t>>(find(key, "a list of whole numbers", is::integers, true), {});
}
const nlohmann::json& JsonObject::list(const std::string& key) {
  const nlohmann::json* node = find(key, "a list", is::list, true);
  static const nlohmann::json none = nlohmann::json::array();
  return node ? *node : none;
}
JsonObject JsonObject::object(const std::string& key) {
  const nlohmann::json* node = find(key, "an object", is::object, true);
  static const nlohmann::json absent(nlohmann::json::value_t::discarded);
  return {node ? *node : absent, place_, *problems_, path(key)};
}
const nlohmann::json& JsonObject::any(const std::string& key) {
  const nlohmann::json* node = find(key, "a value", is::any, false);
  static const nlohmann::json none;
  return node ? *node : none;
}
std::string JsonObject::text_or(const std::string& key, std::string otherwise) {
  return member_or<std::string>(find(key, "a text", is::text, false), std::move(otherwise));
}
std::int64_t JsonObject::integer_or(const std::string& key, std::int64_t otherwise) {
  return member_or<std::int64_t>(find(key, "a whole number", is::integer, false), otherwise);
}
double JsonObject::number_or(const std::string& key, double otherwise) {
  return member_or<double>(find(key, "a number", is::number, false), otherwise);
}
bool JsonObject::boolean_or(const std::string& key, bool otherwise) {
  return member_or<bool>(find(key, "true or false", is::boolean, false), otherwise);
}

void JsonObject::finish() {
  const std::vector<std::string> names(known_.begin(), known_.end());
  for (const auto& [key, node] : node_->items()) {
    if (!known_.contains(key)) add("", fmt::format("unknown key '{}'{}", key, did_you_mean(key, names)));
  }
}

}  // namespace spanlab
