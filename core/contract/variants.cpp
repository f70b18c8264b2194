// SPDX-License-Identifier: MIT
#include "contract/variants.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace spanlab::host::suite {

namespace {

using Given = std::map<std::string, Value>;

// A number of the parameter's type.
Value number(const Parameter& parameter, double value) {
  if (parameter.type == ParameterType::integer) return static_cast<std::int64_t>(std::llround(value));
  if (parameter.type == ParameterType::number) return value;
  const auto* usual = std::get_if<std::vector<double>>(&parameter.default_value);
  return std::vector<double>(usual && !usual->empty() ? usual->size() : 1, value);
}

bool is_number(const Parameter& parameter) {
  return parameter.type == ParameterType::integer || parameter.type == ParameterType::number ||
         parameter.type == ParameterType::numbers;
}

// Inside the range, near its lower end; whole.
std::vector<Value> inner_value(const Parameter& parameter) {
  const auto [least, most] = *parameter.range;
  const bool at_end = parameter.default_value == number(parameter, least) ||
                      parameter.default_value == number(parameter, most);
  const bool is_set = !std::holds_alternative<std::monostate>(parameter.default_value);
  if (is_set && !at_end) return {};
  const double middle = least + std::min((most - least) / 2, 1.0);
  return {number(parameter, least < 0 && most > 0 ? 0 : middle)};
}

std::vector<Value> choices(const Parameter& parameter) {
  std::vector<Value> values;
  for (const std::string& choice : parameter.choices) {
    if (parameter.type == ParameterType::text)
      values.emplace_back(choice);
    else
      values.emplace_back(std::vector<std::string>{choice});
  }
  if (parameter.type == ParameterType::texts && values.size() > 1) values.emplace_back(parameter.choices);
  return values;
}

std::vector<Value> values_of(const Parameter& parameter) {
  std::vector<Value> values;
  if (parameter.type == ParameterType::boolean) values = {false, true};
  if (!parameter.choices.empty()) values = choices(parameter);
  if (is_number(parameter) && parameter.range) values = inner_value(parameter);
  const bool is_set = !std::holds_alternative<std::monostate>(parameter.default_value);
  if (parameter.role == Role::pretrained && !is_set) values = {kMadeModel};
  std::erase(values, parameter.default_value);
  return values;
}

std::vector<Value> ends_of(const Parameter& parameter) {
  if (!is_number(parameter) || !parameter.range) return {};
  return {number(parameter, parameter.range->minimum), number(parameter, parameter.range->maximum)};
}

std::string text_of(const Value& value) {
  if (const auto* one = std::get_if<bool>(&value)) return *one ? "true" : "false";
  if (const auto* one = std::get_if<std::int64_t>(&value)) return std::to_string(*one);
  if (const auto* one = std::get_if<double>(&value)) return fmt::format("{}", *one);
  if (const auto* one = std::get_if<std::string>(&value)) return fmt::format("\"{}\"", *one);
  if (const auto* all = std::get_if<std::vector<std::string>>(&value))
    return fmt::format("{{ \"{}\" }}", fmt::join(*all, "\", \""));
  if (const auto* all = std::get_if<std::vector<double>>(&value))
    return fmt::format("{{ {} }}", fmt::join(*all, ", "));
  return "nil";
}

class Variants {
 public:
  explicit Variants(const Schema& schema) : schema_(schema) {}

  std::vector<Variant> all() {
    add({}, Reach::defaults);
    const std::span<const Parameter> parameters = schema_.parameters();
    for (const Parameter& one : parameters) {
      for (const Value& value : values_of(one)) add({{one.name, value}}, Reach::one);
    }
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) add_pairs(parameters[j], parameters[i]);
    }
    for (const Parameter& one : parameters) {
      for (const Value& value : ends_of(one)) add({{one.name, value}}, Reach::end);
    }
    return std::move(all_);
  }

 private:
  void add_pairs(const Parameter& first, const Parameter& second) {
    for (const Value& value : values_of(first)) {
      for (const Value& other : values_of(second))
        add({{first.name, value}, {second.name, other}}, Reach::two);
    }
  }

  void add(const Given& given, Reach reach) {
    Parameters parameters(schema_, given);
    if (std::ranges::find(all_, parameters, &Variant::parameters) != all_.end()) return;
    std::vector<std::string> parts;
    for (const auto& [name, value] : given) parts.push_back(fmt::format("{} = {}", name, text_of(value)));
    all_.push_back({fmt::format("{}", fmt::join(parts, ", ")), std::move(parameters), reach});
  }

  const Schema& schema_;
  std::vector<Variant> all_;
};

}  // namespace

std::vector<Variant> variants(const Schema& schema) { return Variants(schema).all(); }

}  // namespace spanlab::host::suite
