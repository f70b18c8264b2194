// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "spanlab/parameters.hpp"

namespace spanlab::host {

/// The names of an enumeration's values, in the order in which they are listed.
template <typename Choice>
using ChoiceNames = std::vector<std::pair<std::string, Choice>>;

/// The name of `choice`. Throws std::logic_error where it has none.
template <typename Choice>
const std::string& name_of(const ChoiceNames<Choice>& names, Choice choice) {
  for (const auto& [name, value] : names) {
    if (value == choice) return name;
  }
  throw std::logic_error("an enumeration has a value without a name");
}

/// What `name` means. Throws std::logic_error for a name that the schema has let in and that means nothing.
template <typename Choice>
Choice named(const ChoiceNames<Choice>& names, const std::string& name) {
  for (const auto& [known, value] : names) {
    if (known == name) return value;
  }
  throw std::logic_error("'" + name + "' is no name of an enumeration");
}

/// Binds the members of a settings struct to the parameters of a schema, so that each setting is declared
/// once: its default is the member's own, an enumeration stands as the names of its values, an optional
/// member may be "not set".
template <typename Settings>
class Binding {
 public:
  /// A member of a type that parameters have.
  template <typename Member>
  Binding& add(const char* name, Member Settings::* member, const char* doc) {
    declare(name, Settings().*member, doc);
    fields_.push_back(
        {[member](const Settings& settings) { return Value(settings.*member); },
         [member](Settings& settings, const Value& value) { settings.*member = std::get<Member>(value); }});
    return *this;
  }

  /// A number that may be "not set".
  Binding& add(const char* name, std::optional<std::int64_t> Settings::* member, const char* doc) {
    schema_.integer(name, 0, doc).unset();
    fields_.push_back({[member](const Settings& settings) {
                         const auto& set = settings.*member;
                         return set ? Value(*set) : Value();
                       },
                       [member](Settings& settings, const Value& value) {
                         const auto* set = std::get_if<std::int64_t>(&value);
                         settings.*member = set ? std::optional(*set) : std::nullopt;
                       }});
    return *this;
  }

  /// One value of an enumeration.
  template <typename Choice>
    requires std::is_enum_v<Choice>
  Binding& add(const char* name, Choice Settings::* member,
               const std::type_identity_t<ChoiceNames<Choice>>& names, const char* doc) {
    schema_.text(name, name_of(names, Settings().*member), doc).choices(texts(names));
    fields_.push_back({[=](const Settings& settings) { return Value(name_of(names, settings.*member)); },
                       [=](Settings& settings, const Value& value) {
                         settings.*member = named(names, std::get<std::string>(value));
                       }});
    return *this;
  }

  /// One value of an enumeration that may be "not set".
  template <typename Choice>
  Binding& add(const char* name, std::optional<Choice> Settings::* member,
               const std::type_identity_t<ChoiceNames<Choice>>& names, const char* doc) {
    schema_.text(name, "", doc).choices(texts(names)).unset();
    fields_.push_back({[=](const Settings& settings) {
                         const auto& set = settings.*member;
                         return set ? Value(name_of(names, *set)) : Value();
                       },
                       [=](Settings& settings, const Value& value) {
                         const auto* set = std::get_if<std::string>(&value);
                         settings.*member = set ? std::optional(named(names, *set)) : std::nullopt;
                       }});
    return *this;
  }

  // What refines the member added last, see Schema.
  Binding& range(double minimum, double maximum) { return refined(schema_.range(minimum, maximum)); }
  Binding& choices(std::vector<std::string> names) { return refined(schema_.choices(std::move(names))); }
  Binding& unit(const char* unit) { return refined(schema_.unit(unit)); }
  Binding& outside_identity() { return refined(schema_.outside_identity()); }
  Binding& later() { return refined(schema_.later()); }
  Binding& since(const char* version) { return refined(schema_.since(version)); }

  const Schema& schema() const { return schema_; }

  /// The value of the parameter `name`. Throws std::logic_error where it is not declared.
  Value get(const Settings& settings, std::string_view name) const { return field(name).get(settings); }

  /// Sets it to a value that fits it, see `fit`. Throws std::logic_error where it is not declared.
  void set(Settings& settings, std::string_view name, const Value& value) const {
    field(name).set(settings, value);
  }

  /// The settings that have these values.
  Settings settings(const Parameters& parameters) const {
    Settings read;
    for (const auto& [name, value] : parameters.values()) set(read, name, value);
    return read;
  }

 private:
  struct Field {
    std::function<Value(const Settings&)> get;
    std::function<void(Settings&, const Value&)> set;
  };

  template <typename Choice>
  static std::vector<std::string> texts(const ChoiceNames<Choice>& names) {
    std::vector<std::string> all;
    for (const auto& [name, value] : names) all.push_back(name);
    return all;
  }

  void declare(const char* name, bool value, const char* doc) { schema_.boolean(name, value, doc); }
  void declare(const char* name, std::int64_t value, const char* doc) { schema_.integer(name, value, doc); }
  void declare(const char* name, double value, const char* doc) { schema_.number(name, value, doc); }
  void declare(const char* name, std::string value, const char* doc) {
    schema_.text(name, std::move(value), doc);
  }
  void declare(const char* name, std::vector<std::string> value, const char* doc) {
    schema_.texts(name, std::move(value), doc);
  }

  Binding& refined(Schema&) { return *this; }

  const Field& field(std::string_view name) const {
    const Parameter* parameter = schema_.find(name);
    if (!parameter) throw std::logic_error("parameter '" + std::string(name) + "' is not declared");
    return fields_[static_cast<std::size_t>(parameter - schema_.parameters().data())];
  }

  Schema schema_;
  std::vector<Field> fields_;  // in the order of the schema's parameters
};

}  // namespace spanlab::host
