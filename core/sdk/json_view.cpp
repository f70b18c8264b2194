// SPDX-License-Identifier: MIT
#include "spanlab/json_view.hpp"

#include <fmt/format.h>

#include "sdk/json_value.hpp"
#include "sdk/utf8.hpp"
#include "spanlab/problem_list.hpp"

namespace spanlab {

using nlohmann::json;

/// The one place that knows what a view points to.
struct JsonAccess {
  static JsonView view(const json& node) { return JsonView(&node); }
  static const json* node(JsonView view) { return static_cast<const json*>(view.node_); }
};

namespace {

const json* node_of(JsonView view) { return JsonAccess::node(view); }

bool is_json_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::string_view without_blanks_before(std::string_view text) {
  while (!text.empty() && is_json_blank(text.front())) text.remove_prefix(1);
  return text;
}

using Each = std::function<void(JsonView, const std::string&, std::int64_t)>;

void for_each_item(std::string_view text, const std::filesystem::path& file, std::vector<Problem>& problems,
                   const Each& each) {
  const std::size_t known = problems.size();
  const JsonDocument list(text, file, 1, problems);
  if (problems.size() > known) {
    if (problems.back().message.find("expected end of input") != std::string::npos)
      problems.back().message += ": one list is expected, or one object a line";
    return;
  }
  for (std::size_t i = 0; i < list.root().size(); ++i) {
    const std::string place = fmt::format("{}: item {}", file.string(), i);
    each(list.root().at(i), place, static_cast<std::int64_t>(i) + 1);
  }
}

void for_each_json_line(std::string_view text, const std::filesystem::path& file,
                        std::vector<Problem>& problems, const Each& each) {
  for (std::int64_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (without_blanks_before(line).empty()) continue;
    const std::int64_t before = number_of(problems);
    const JsonDocument value(line, file, number, problems);
    if (number_of(problems) == before)
      each(value.root(), fmt::format("{}:{}", file.string(), number), number);
  }
}

}  // namespace

bool JsonView::is_object() const { return node_ && node_of(*this)->is_object(); }
bool JsonView::is_list() const { return node_ && node_of(*this)->is_array(); }
bool JsonView::is_text() const { return node_ && node_of(*this)->is_string(); }
bool JsonView::is_number() const { return node_ && node_of(*this)->is_number(); }
bool JsonView::is_whole() const { return node_ && node_of(*this)->is_number_integer(); }
bool JsonView::is_boolean() const { return node_ && node_of(*this)->is_boolean(); }
bool JsonView::is_null() const { return node_ && node_of(*this)->is_null(); }
const char* JsonView::kind() const { return node_ ? node_of(*this)->type_name() : "nothing"; }

std::size_t JsonView::size() const { return is_list() || is_object() ? node_of(*this)->size() : 0; }

JsonView JsonView::at(std::size_t place) const {
  return is_list() && place < size() ? JsonAccess::view((*node_of(*this))[place]) : JsonView();
}

JsonView JsonView::find(const std::string& key) const {
  if (!is_object()) return {};
  const auto found = node_of(*this)->find(key);
  return found == node_of(*this)->end() ? JsonView() : JsonAccess::view(*found);
}

std::vector<std::string> JsonView::keys() const {
  std::vector<std::string> names;
  if (!is_object()) return names;
  for (const auto& [key, value] : node_of(*this)->items()) names.push_back(key);
  return names;
}

const std::string& JsonView::text() const {
  static const std::string none;
  return is_text() ? node_of(*this)->get_ref<const std::string&>() : none;
}
std::int64_t JsonView::whole() const { return is_whole() ? node_of(*this)->get<std::int64_t>() : 0; }
double JsonView::number() const { return is_number() ? node_of(*this)->get<double>() : 0; }
bool JsonView::boolean() const { return is_boolean() && node_of(*this)->get<bool>(); }

bool JsonView::operator==(const JsonView& other) const {
  return node_ && other.node_ && *node_of(*this) == *node_of(other);
}

std::string JsonView::shown() const {
  if (!node_) return "nothing";
  if (size() > 0) return is_object() ? "an object" : "a list";
  return shortened(node_of(*this)->dump(-1, ' ', false, json::error_handler_t::replace), 60);
}

JsonDocument::JsonDocument(std::string_view text, const std::filesystem::path& file, std::int64_t first_line,
                           std::vector<Problem>& problems) {
  const std::int64_t before = number_of(problems);
  auto value = std::make_shared<const json>(parse_json(text, file, first_line, problems));
  if (number_of(problems) == before) root_ = JsonAccess::view(*value);
  owner_ = std::move(value);
}

JsonView view_of(const json& value) { return JsonAccess::view(value); }

const json& json_of(JsonView view) {
  static const json none;
  return view ? *node_of(view) : none;
}

void for_each_json(std::string_view text, const std::filesystem::path& file, std::vector<Problem>& problems,
                   const Each& each) {
  const std::string_view content = without_blanks_before(text);
  if (content.starts_with('[')) return for_each_item(text, file, problems, each);
  // One object may stand over several lines.
  std::vector<Problem> not_whole;
  if (const auto end = content.find('\n');
      end != content.npos && !JsonDocument(content.substr(0, end), file, 1, not_whole).root()) {
    not_whole.clear();
    const JsonDocument value(text, file, 1, not_whole);
    if (value.root()) return each(value.root(), file.string(), 1);
  }
  for_each_json_line(text, file, problems, each);
}

}  // namespace spanlab
