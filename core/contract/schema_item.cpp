// SPDX-License-Identifier: MIT
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "contract/items.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host::suite {

namespace {

// What numbers of parameters are counted in; another word is worth a look, as it may be one of these.
const std::vector<std::string> kUnits{
    "words", "pieces",  "characters",   "sentences", "candidates", "spans",      "pairs",  "epochs",
    "steps", "seconds", "milliseconds", "percent",   "bytes",      "dimensions", "layers", "degrees"};

bool is_snake_case(const std::string& name) {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  return !name.empty() && name.front() >= 'a' && name.front() <= 'z' && std::ranges::all_of(name, fits);
}

// Why the text is not one line of one sentence; empty if it is.
std::string wrong_sentence(const std::string& text) {
  if (text.find_first_not_of(' ') == text.npos) return "is empty";
  if (text.find('\n') != text.npos) return "has a line break";
  if (text.front() == ' ' || text.back() == ' ') return "begins or ends with a blank";
  return "";
}

class Lints {
 public:
  void check(const ComponentInfo& info) {
    if (!is_snake_case(info.id)) add("", "its id '{}' is not in snake_case", info.id);
    if (const std::string wrong = wrong_sentence(info.summary); !wrong.empty())
      add("", "its summary {}; expected one line that says what it is", wrong);
    for (const Parameter& parameter : info.schema.parameters()) check(parameter);
  }

  void finish() const {
    if (!faults_.empty()) fail("{}", fmt::join(faults_, "\n"));
    if (!doubts_.empty()) warn("{}", fmt::join(doubts_, "\n"));
  }

 private:
  void check(const Parameter& parameter) {
    const std::string& name = parameter.name;
    if (!is_snake_case(name)) add(name, "its name is not in snake_case");
    if (!seen_.insert(name).second) add(name, "is declared twice");
    if (const std::string wrong = wrong_sentence(parameter.doc); !wrong.empty())
      add(name, "its sentence {}; expected one that says what the parameter does", wrong);
    check_range(parameter);
    check_choices(parameter);
    check_default(parameter);
    if (parameter.unit.empty() || std::ranges::find(kUnits, parameter.unit) != kUnits.end()) return;
    doubts_.push_back(fmt::format("{}: counts in '{}'{}; known units: {}", name, parameter.unit,
                                  did_you_mean(parameter.unit, kUnits), fmt::join(kUnits, ", ")));
  }

  void check_range(const Parameter& parameter) {
    if (!parameter.range) return;
    const auto [least, most] = *parameter.range;
    if (!(least <= most)) add(parameter.name, "its range is [{}, {}], which holds no number", least, most);
    if (parameter.type == ParameterType::text || parameter.type == ParameterType::texts ||
        parameter.type == ParameterType::boolean)
      add(parameter.name, "has a range, but is no number");
  }

  void check_choices(const Parameter& parameter) {
    const std::set<std::string> different(parameter.choices.begin(), parameter.choices.end());
    if (different.size() < parameter.choices.size()) add(parameter.name, "lists a choice twice");
    const bool is_text = parameter.type == ParameterType::text || parameter.type == ParameterType::texts;
    if (!parameter.choices.empty() && !is_text) add(parameter.name, "has choices, but is no text");
  }

  void check_default(const Parameter& parameter) {
    if (std::holds_alternative<std::monostate>(parameter.default_value)) return;
    const auto fitted = fit(parameter, parameter.default_value);
    if (const auto* reason = std::get_if<std::string>(&fitted))
      add(parameter.name, "its default does not fit: {}", *reason);
  }

  template <typename... Values>
  void add(const std::string& name, fmt::format_string<Values...> format, Values&&... values) {
    const std::string text = fmt::format(format, std::forward<Values>(values)...);
    faults_.push_back(name.empty() ? text : fmt::format("{}: {}", name, text));
  }

  std::set<std::string> seen_;
  std::vector<std::string> faults_, doubts_;
};

}  // namespace

std::string check_schema(const Case& one) {
  Lints lints;
  lints.check(one.subject.info());
  lints.finish();
  return "";
}

}  // namespace spanlab::host::suite
