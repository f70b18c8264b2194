// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "spanlab/component_kind.hpp"
#include "spanlab/export.hpp"

namespace spanlab {

/// The value of a parameter. `monostate` stands for "not set", allowed where the default is.
using Value = std::variant<std::monostate, bool, std::int64_t, double, std::string, std::vector<double>,
                           std::vector<std::string>>;

enum class ParameterType { boolean, integer, number, text, numbers, texts };

/// What the bounds of a number are, both inclusive.
struct Range {
  double minimum;
  double maximum;
};

/// What a parameter's value stands for, beside itself: the host goes by this and never by names.
enum class Role {
  none,
  pretrained,  ///< a text: the card of a pretrained model, which the encoder gets
  component,   ///< a text: the id of a component of the same kind, which stands inside this one
  view,        ///< a text: another view of the data than the task's; empty for the only other one
  outputs,     ///< texts: the head's outputs by name
  frozen,      ///< true or false: an encoder's weights stay as they are
};

/// Name of a role in scripts and files.
SPANLAB_API std::string_view to_text(Role role);

/// One declared parameter: the single source for script checks, `plugin info`, `--set`, editor stubs and
/// report columns.
struct Parameter {
  std::string name;
  ParameterType type = ParameterType::number;
  Value default_value;
  std::string doc;                   ///< one sentence; for a reading of a paper, which one and why
  std::optional<Range> range;        ///< of a number, or of each number of a list
  std::vector<std::string> choices;  ///< of a text, or of each text of a list; empty: any
  std::string unit;                  ///< `words`, `seconds`, … or empty
  bool identity = true;              ///< false: it cannot change a result and stays out of the trial's hash
  /// Of a text: it names a file, whose content stands in the trial's hash instead of its path.
  bool file = false;
  /// It came after trials had been run: its default is what they did, and stays out of the hash.
  bool later = false;
  Role role = Role::none;
  ComponentKind component_kind = ComponentKind::encoder;  ///< with Role::component
  std::string since;  ///< the version of its plugin that had it first; empty: as its component
};

/// The parameters that something accepts, in the order declared. The adders return the schema, so that they
/// chain; all others refine the parameter added last, and throw std::logic_error where its type does not fit.
class SPANLAB_API Schema {
 public:
  Schema& boolean(std::string name, bool default_value, std::string doc);
  Schema& integer(std::string name, std::int64_t default_value, std::string doc);
  Schema& number(std::string name, double default_value, std::string doc);
  Schema& text(std::string name, std::string default_value, std::string doc);
  Schema& numbers(std::string name, std::vector<double> default_value, std::string doc);
  Schema& texts(std::string name, std::vector<std::string> default_value, std::string doc);
  Schema& range(double minimum, double maximum);
  Schema& choices(std::vector<std::string> choices);
  Schema& unit(std::string unit);
  /// The default of the parameter added last becomes "not set"; readers test with `Parameters::has`.
  Schema& unset();
  Schema& outside_identity();
  Schema& file();
  Schema& later();
  /// The version of the plugin that had the parameter first, as `0.3.0`: for whoever reads of it.
  Schema& since(std::string version);

  /// Of an encoder: a text that names a pretrained model's card. The encoder gets its folder, and a trial
  /// counts its files.
  Schema& pretrained();
  /// A text that names a component, of the kind of its owner, which is built first, by its defaults, and
  /// handed over as `setup.inner`. A trial counts its code too. An encoder that holds another one has a
  /// `.pretrained()` parameter too: where that is not set there is none inside, and where it is the inner one
  /// is over the same model, and frozen.
  Schema& component(ComponentKind kind);
  /// A text that names another view of the data than the task's; empty stands for the only other one.
  Schema& view();
  /// Of a head: texts that name the outputs which it has then.
  Schema& outputs();
  /// Of an encoder: true keeps its weights as they are. All else is the host's business.
  Schema& frozen();

  std::span<const Parameter> parameters() const { return parameters_; }
  const Parameter* find(std::string_view name) const;
  /// The parameter with this role; null if there is none.
  const Parameter* find(Role role) const;
  std::vector<std::string> names() const;

 private:
  Schema& role(Role role, ParameterType type);

  std::vector<Parameter> parameters_;
};

/// What fits the parameter, in words: `a number in [0, 4]`, `one of 'linear', 'constant'`.
SPANLAB_API std::string what_fits(const Parameter& parameter);

/// `value` as `parameter` wants it (an integral number becomes an integer, an integer a number, an empty list
/// the right list), or the reason why it does not fit, with what was expected: `expected a number in [0, 4],
/// got "0,5" (text)`.
SPANLAB_API std::variant<Value, std::string> fit(const Parameter& parameter, const Value& value);

/// Complete, checked values of one schema. Asking for an undeclared name or another type throws
/// std::logic_error.
class SPANLAB_API Parameters {
 public:
  Parameters() = default;
  /// The schema's defaults with `given` over them. Throws Error(usage) with every unknown name and misfit.
  Parameters(const Schema& schema, const std::map<std::string, Value>& given, std::string_view place = "");

  bool has(std::string_view name) const;  ///< false where the value is "not set"
  bool boolean(std::string_view name) const;
  std::int64_t integer(std::string_view name) const;
  double number(std::string_view name) const;
  const std::string& text(std::string_view name) const;
  const std::vector<double>& numbers(std::string_view name) const;
  const std::vector<std::string>& texts(std::string_view name) const;
  const std::map<std::string, Value, std::less<>>& values() const { return values_; }

  /// Another value, one that fits (see `fit`).
  void set(std::string_view name, Value value);

  friend bool operator==(const Parameters&, const Parameters&) = default;

 private:
  std::map<std::string, Value, std::less<>> values_;
};

}  // namespace spanlab
