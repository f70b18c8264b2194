// SPDX-License-Identifier: MIT
#include "files/json_file.hpp"

#include <fmt/format.h>

#include "sdk/problem_list.hpp"

namespace spanlab {

namespace fs = std::filesystem;

namespace {

bool is_json_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::string_view without_blanks_before(std::string_view text) {
  while (!text.empty() && is_json_blank(text.front())) text.remove_prefix(1);
  return text;
}

}  // namespace

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
    for (std::size_t i = 0; i < items.size(); ++i) {
      each(items[i], fmt::format("{}: item {}", file.string(), i), static_cast<std::int64_t>(i) + 1);
    }
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
    if (static_cast<std::size_t>(number_of(problems)) == before) {
      each(value, fmt::format("{}:{}", file.string(), number), number);
    }
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
  if (!node.is_discarded()) {
    add_problem(problems, place_,
                fmt::format("{}expected an object, got {}", path_.empty() ? "" : path_ + ": ", shown(node)));
  }
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
