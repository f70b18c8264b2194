// SPDX-License-Identifier: MIT
#include "study/set_option.hpp"

#include <charconv>

#include "sdk/utf8.hpp"
#include "text/terminal_text.hpp"

namespace spanlab::host {

namespace {

const Origin kOrigin = "--set";

std::optional<Value> number(std::string_view text) {
  std::int64_t integer = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), integer);
  if (error == std::errc() && end == text.data() + text.size()) return Value(integer);
  double real = 0;
  auto [stop, wrong] = std::from_chars(text.data(), text.data() + text.size(), real);
  if (wrong == std::errc() && stop == text.data() + text.size()) return Value(real);
  return std::nullopt;
}

std::vector<std::string> items(const std::string& text) {
  std::vector<std::string> found;
  if (text.empty()) return found;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    found.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return found;
}

// What cannot be read as its type stays a text: the schema's check then says what was expected.
Value read(const Parameter& parameter, const std::string& text) {
  switch (parameter.type) {
    case ParameterType::boolean:
      if (text == "true" || text == "false") return text == "true";
      return text;
    case ParameterType::integer:
    case ParameterType::number:
      return number(text).value_or(Value(text));
    case ParameterType::text:
      return text;
    case ParameterType::texts:
      return items(text);
    case ParameterType::numbers:
      break;
  }
  std::vector<double> numbers;
  for (const std::string& item : items(text)) {
    std::optional<Value> value = number(item);
    if (!value) return text;
    const auto* integer = std::get_if<std::int64_t>(&*value);
    numbers.push_back(integer ? static_cast<double>(*integer) : std::get<double>(*value));
  }
  return numbers;
}

}  // namespace

std::optional<Assignment> read_set_option(const std::string& text, const Configuration& configuration,
                                          const ConfigurationBuilder& builder, Problems& problems) {
  if (find_invalid_utf8(text) != text.npos) {
    problems.add(kOrigin, fmt::format("expected text in UTF-8, got \"{}\"", printable(text)));
    return std::nullopt;
  }
  const std::size_t sign = text.find('=');
  if (sign == text.npos || sign == 0) {
    problems.add(kOrigin, fmt::format("expected path=value, as train.epochs=5, got \"{}\"", text));
    return std::nullopt;
  }
  Assignment assignment{text.substr(0, sign), {.origin = kOrigin}};
  const std::string value = text.substr(sign + 1);
  std::optional<Slot> slot = builder.find(configuration, assignment.path);
  if (!slot) {
    problems.add(kOrigin, builder.missing(configuration, assignment.path));
    return std::nullopt;
  }
  switch (slot->kind) {
    case Slot::Kind::parameter:
      assignment.setting.value = read(*slot->parameter, value);
      break;
    case Slot::Kind::component:
      assignment.setting.kind = to_text(slot->component);
      assignment.setting.id = value;
      break;
    default:
      problems.add(kOrigin,
                   fmt::format("{}: expected the path of a parameter or a component", assignment.path));
      return std::nullopt;
  }
  return assignment;
}

}  // namespace spanlab::host
