// SPDX-License-Identifier: MIT
#include "spanlab/parameters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "spanlab/error.hpp"

namespace spanlab {

namespace {

std::string describe(const Value& value) {
  struct {
    std::string operator()(std::monostate) const { return "nothing"; }
    std::string operator()(bool v) const { return v ? "true" : "false"; }
    std::string operator()(std::int64_t v) const { return fmt::format("{}", v); }
    std::string operator()(double v) const { return fmt::format("{}", v); }
    std::string operator()(const std::string& v) const { return fmt::format("\"{}\" (text)", v); }
    std::string operator()(const std::vector<double>& v) const {
      return fmt::format("a list of {} numbers", v.size());
    }
    std::string operator()(const std::vector<std::string>& v) const {
      return fmt::format("a list of {} texts", v.size());
    }
  } visitor;
  return std::visit(visitor, value);
}

std::string list(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "'" : ", '") + name + "'";
  return text;
}

bool in_range(const Parameter& parameter, double value) {
  return std::isfinite(value) &&
         (!parameter.range || (value >= parameter.range->minimum && value <= parameter.range->maximum));
}

bool is_choice(const Parameter& parameter, const std::string& value) {
  return parameter.choices.empty() || std::ranges::find(parameter.choices, value) != parameter.choices.end();
}

// The value in the parameter's own type, if its type allows that.
std::optional<Value> converted(const Parameter& parameter, const Value& value) {
  const auto* integer = std::get_if<std::int64_t>(&value);
  const auto* number = std::get_if<double>(&value);
  const auto* numbers = std::get_if<std::vector<double>>(&value);
  const auto* texts = std::get_if<std::vector<std::string>>(&value);
  switch (parameter.type) {
    case ParameterType::boolean:
      if (std::holds_alternative<bool>(value)) return value;
      break;
    case ParameterType::integer:
      if (integer) return value;
      if (number && std::nearbyint(*number) == *number && std::abs(*number) < 9e15) {
        return static_cast<std::int64_t>(*number);
      }
      break;
    case ParameterType::number:
      if (number) return *number + 0.0;  // of two zeros, -0 and 0, one, for they are one value
      if (integer) return static_cast<double>(*integer);
      break;
    case ParameterType::text:
      if (std::holds_alternative<std::string>(value)) return value;
      break;
    case ParameterType::numbers:
      if (numbers) {
        std::vector<double> result;
        for (double item : *numbers) result.push_back(item + 0.0);
        return result;
      }
      if (texts && texts->empty()) return std::vector<double>();
      break;
    case ParameterType::texts:
      if (texts) return value;
      if (numbers && numbers->empty()) return std::vector<std::string>();
      break;
  }
  return std::nullopt;
}

bool allowed(const Parameter& parameter, const Value& value) {
  switch (parameter.type) {
    case ParameterType::boolean:
      return true;
    case ParameterType::integer:
      return in_range(parameter, static_cast<double>(std::get<std::int64_t>(value)));
    case ParameterType::number:
      return in_range(parameter, std::get<double>(value));
    case ParameterType::text:
      return is_choice(parameter, std::get<std::string>(value));
    case ParameterType::numbers:
      return std::ranges::all_of(std::get<std::vector<double>>(value),
                                 [&](double v) { return in_range(parameter, v); });
    case ParameterType::texts:
      return std::ranges::all_of(std::get<std::vector<std::string>>(value),
                                 [&](const std::string& v) { return is_choice(parameter, v); });
  }
  return false;
}

template <typename T>
const T& get(const std::map<std::string, Value, std::less<>>& values, std::string_view name) {
  auto found = values.find(name);
  if (found == values.end()) throw std::logic_error(fmt::format("parameter '{}' is not declared", name));
  const T* value = std::get_if<T>(&found->second);
  if (!value) throw std::logic_error(fmt::format("parameter '{}' is not of the type asked for", name));
  return *value;
}

}  // namespace

std::string what_fits(const Parameter& parameter) {
  std::string text;
  switch (parameter.type) {
    case ParameterType::boolean:
      return "true or false";
    case ParameterType::integer:
      text = "an integer";
      break;
    case ParameterType::number:
      text = "a number";
      break;
    case ParameterType::numbers:
      text = "a list of numbers";
      break;
    case ParameterType::text:
      text = parameter.choices.empty() ? "a text" : "one of " + list(parameter.choices);
      break;
    case ParameterType::texts:
      text = parameter.choices.empty() ? "a list of texts" : "a list of " + list(parameter.choices);
      break;
  }
  if (parameter.range) {
    const auto [low, high] = *parameter.range;
    if (std::isinf(high)) {
      text += fmt::format(" of at least {}", low);
    } else {
      text += fmt::format(" in [{}, {}]", low, high);
    }
  }
  return text;
}

std::variant<Value, std::string> fit(const Parameter& parameter, const Value& value) {
  if (std::holds_alternative<std::monostate>(value) &&
      std::holds_alternative<std::monostate>(parameter.default_value)) {
    return value;
  }
  std::optional<Value> candidate = converted(parameter, value);
  if (candidate && allowed(parameter, *candidate)) return *candidate;
  std::string message = fmt::format("expected {}, got {}", what_fits(parameter), describe(value));
  if (const auto* text = std::get_if<std::string>(&value); text && !parameter.choices.empty()) {
    message += did_you_mean(*text, parameter.choices);
  }
  return message;
}

Parameters::Parameters(const Schema& schema, const std::map<std::string, Value>& given,
                       std::string_view place) {
  std::vector<Problem> problems;
  const std::vector<std::string> known = schema.names();
  for (const Parameter& parameter : schema.parameters()) {
    values_.emplace(parameter.name, parameter.default_value);
  }
  for (const auto& [name, value] : given) {
    const Parameter* parameter = schema.find(name);
    if (!parameter) {
      problems.push_back({std::string(place), fmt::format("unknown key '{}'{}\n   known keys: {}", name,
                                                          did_you_mean(name, known), list(known))});
      continue;
    }
    auto result = fit(*parameter, value);
    if (auto* reason = std::get_if<std::string>(&result)) {
      problems.push_back({place.empty() ? name : fmt::format("{}.{}", place, name), *reason});
    } else {
      values_[name] = std::get<Value>(result);
    }
  }
  if (!problems.empty()) throw Error(ErrorKind::usage, std::move(problems));
}

bool Parameters::has(std::string_view name) const {
  auto found = values_.find(name);
  if (found == values_.end()) throw std::logic_error(fmt::format("parameter '{}' is not declared", name));
  return !std::holds_alternative<std::monostate>(found->second);
}

void Parameters::set(std::string_view name, Value value) {
  auto found = values_.find(name);
  if (found == values_.end()) throw std::logic_error(fmt::format("parameter '{}' is not declared", name));
  found->second = std::move(value);
}

bool Parameters::boolean(std::string_view name) const { return get<bool>(values_, name); }
std::int64_t Parameters::integer(std::string_view name) const { return get<std::int64_t>(values_, name); }
double Parameters::number(std::string_view name) const { return get<double>(values_, name); }
const std::string& Parameters::text(std::string_view name) const { return get<std::string>(values_, name); }
const std::vector<double>& Parameters::numbers(std::string_view name) const {
  return get<std::vector<double>>(values_, name);
}
const std::vector<std::string>& Parameters::texts(std::string_view name) const {
  return get<std::vector<std::string>>(values_, name);
}

}  // namespace spanlab
