// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "spanlab/parameters.hpp"

namespace spanlab {

#define SPANLAB_ADDER(function, kind, cpp_type)                                                   \
  Schema& Schema::function(std::string name, cpp_type default_value, std::string doc) {           \
    if (find(name)) throw std::logic_error("parameter '" + name + "' is declared twice");         \
    parameters_.push_back(                                                                        \
        {std::move(name), ParameterType::kind, Value(std::move(default_value)), std::move(doc)}); \
    return *this;                                                                                 \
  }
SPANLAB_ADDER(boolean, boolean, bool)
SPANLAB_ADDER(integer, integer, std::int64_t)
SPANLAB_ADDER(number, number, double)
SPANLAB_ADDER(text, text, std::string)
SPANLAB_ADDER(numbers, numbers, std::vector<double>)
SPANLAB_ADDER(texts, texts, std::vector<std::string>)
#undef SPANLAB_ADDER

Schema& Schema::range(double minimum, double maximum) {
  parameters_.back().range = Range{minimum, maximum};
  return *this;
}

Schema& Schema::choices(std::vector<std::string> choices) {
  parameters_.back().choices = std::move(choices);
  return *this;
}

Schema& Schema::unit(std::string unit) {
  parameters_.back().unit = std::move(unit);
  return *this;
}

Schema& Schema::unset() {
  parameters_.back().default_value = std::monostate();
  return *this;
}

Schema& Schema::outside_identity() {
  parameters_.back().identity = false;
  return *this;
}

Schema& Schema::file() {
  parameters_.back().file = true;
  return *this;
}

Schema& Schema::later() {
  parameters_.back().later = true;
  return *this;
}

Schema& Schema::since(std::string version) {
  parameters_.back().since = std::move(version);
  return *this;
}

namespace {

constexpr std::string_view kRoles[] = {"none", "pretrained", "component", "view", "outputs", "frozen"};

}  // namespace

std::string_view to_text(Role role) { return kRoles[static_cast<std::size_t>(role)]; }

Schema& Schema::role(Role role, ParameterType type) {
  if (parameters_.empty()) throw std::logic_error("a role is declared before any parameter");
  Parameter& parameter = parameters_.back();
  if (parameter.type != type) {
    constexpr const char* kMessage = "parameter '{}' cannot be declared {}: it is of another type";
    throw std::logic_error(fmt::format(kMessage, parameter.name, to_text(role)));
  }
  if (const Parameter* other = find(role)) {
    constexpr const char* kMessage = "the parameters '{}' and '{}' are both declared {}; expected one";
    throw std::logic_error(fmt::format(kMessage, other->name, parameter.name, to_text(role)));
  }
  parameter.role = role;
  return *this;
}

Schema& Schema::pretrained() { return role(Role::pretrained, ParameterType::text); }
Schema& Schema::view() { return role(Role::view, ParameterType::text); }
Schema& Schema::outputs() { return role(Role::outputs, ParameterType::texts); }
Schema& Schema::frozen() { return role(Role::frozen, ParameterType::boolean); }
Schema& Schema::component(ComponentKind kind) {
  role(Role::component, ParameterType::text);
  parameters_.back().component_kind = kind;
  return *this;
}

const Parameter* Schema::find(std::string_view name) const {
  auto found = std::ranges::find(parameters_, name, &Parameter::name);
  return found == parameters_.end() ? nullptr : &*found;
}

const Parameter* Schema::find(Role role) const {
  const auto found = std::ranges::find(parameters_, role, &Parameter::role);
  return found == parameters_.end() ? nullptr : &*found;
}

std::vector<std::string> Schema::names() const {
  std::vector<std::string> names;
  for (const Parameter& parameter : parameters_) names.push_back(parameter.name);
  return names;
}

}  // namespace spanlab
