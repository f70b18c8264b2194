// SPDX-License-Identifier: MIT
#include "store/labels.hpp"

#include <set>

#include "settings/path.hpp"
#include "text/terminal_text.hpp"

namespace spanlab::host {

using nlohmann::json;

namespace {

std::string last_names(const std::string& path, std::size_t count) {
  return Path::parse(path).last_names(count).text();
}

// How much of a value its label shows. Where two values of a factor have one short label, theirs are exact.
enum class Form { brief, exact };

// 1 - 0.8 is 0.19999999999999996, which nobody wrote: of digits that only arithmetic made, a brief label
// shows twelve.
std::string number_label(double value, Form form) {
  std::string full = fmt::format("{}", value), rounded = fmt::format("{:.12g}", value);
  return form == Form::brief && rounded.size() + 2 < full.size() ? rounded : full;
}

std::string plain_label(const json& value, Form form) {
  if (value.is_null()) return "none";
  if (value.is_string()) return printable(form == Form::brief ? value.get<std::string>() : value.dump());
  if (value.is_number_float()) return number_label(value, form);
  if (!value.is_array()) return value.dump();
  std::vector<std::string> items;
  for (const json& item : value) items.push_back(plain_label(item, form));
  return fmt::format("[{}]", fmt::join(items, ", "));
}

// A component's id, or a data set's name.
std::string id_of(const json& value) {
  for (const char* key : {"component", "name"}) {
    if (value.is_object() && value.contains(key)) return value.at(key).get<std::string>();
  }
  return "";
}

// For each id the parameters in which its values differ.
using Differences = std::map<std::string, std::set<std::string>>;

Differences differences(const std::vector<json>& values) {
  Differences found;
  std::map<std::string, const json*> firsts;
  for (const json& value : values) {
    const std::string id = id_of(value);
    if (id.empty()) continue;
    const json& first = *firsts.emplace(id, &value).first->second;
    for (const auto& [name, member] : value.items()) {
      if (first.contains(name) && first.at(name) != member) found[id].insert(name);
    }
  }
  return found;
}

std::string label(const json& value, const Differences& differing, Form form) {
  if (!value.is_object()) return plain_label(value, form);
  const std::string id = id_of(value);
  std::vector<std::string> parts;
  for (const auto& [name, member] : value.items()) {
    if (!id.empty() && (!differing.contains(id) || !differing.at(id).contains(name))) continue;
    parts.push_back(fmt::format("{}={}", name, label(member, {}, form)));
  }
  if (id.empty()) return fmt::format("{}", fmt::join(parts, ", "));
  return parts.empty() ? id : fmt::format("{}({})", id, fmt::join(parts, ", "));
}

// For each factor, its different values.
std::vector<std::vector<json>> values_of_factors(const std::vector<PlanRow>& rows, std::size_t factors) {
  std::vector<std::vector<json>> values(factors);
  for (std::size_t i = 0; i < factors; ++i) {
    std::set<json> seen;
    for (const PlanRow& row : rows) {
      if (!row.ablation.empty() || row.factors[i][1].is_null()) continue;
      if (seen.insert(row.factors[i][1]).second) values[i].push_back(row.factors[i][1]);
    }
  }
  return values;
}

// Texts may look like several values: what is left of equal labels is told apart by number.
void number_equal_ones(std::vector<PlanRow>& rows) {
  std::map<std::string, int> seen;
  for (PlanRow& row : rows) {
    const int times = ++seen[row.label];
    if (times > 1) row.label += fmt::format(" ({})", times);
  }
}

}  // namespace

std::vector<std::string> short_names(const std::vector<std::string>& factors) {
  std::vector<std::string> names;
  for (const std::string& path : factors) {
    std::size_t count = 1;
    auto clashes = [&](const std::string& other) {
      return other != path && last_names(other, count) == last_names(path, count);
    };
    while (std::ranges::any_of(factors, clashes)) ++count;
    names.push_back(last_names(path, count));
  }
  return names;
}

std::vector<std::string> value_labels(const std::vector<json>& values) {
  const Differences differing = differences(values);
  std::vector<std::string> labels;
  std::map<std::string, std::set<json>> meant;
  for (const json& value : values) {
    labels.push_back(label(value, differing, Form::brief));
    meant[labels.back()].insert(value);
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (meant.at(labels[i]).size() > 1) labels[i] = label(values[i], differing, Form::exact);
  }
  return labels;
}

std::string value_label(const json& value, const std::vector<json>& values) {
  std::vector<json> all{value};
  all.insert(all.end(), values.begin(), values.end());
  return value_labels(all).front();
}

void label_rows(std::vector<PlanRow>& rows, const std::vector<std::string>& factors) {
  const std::vector<std::string> names = short_names(factors);
  std::vector<std::map<json, std::string>> labels;
  for (const std::vector<json>& values : values_of_factors(rows, factors.size())) {
    const std::vector<std::string> of_factor = value_labels(values);
    labels.emplace_back();
    for (std::size_t i = 0; i < values.size(); ++i) labels.back().emplace(values[i], of_factor[i]);
  }
  for (PlanRow& row : rows) {
    std::vector<std::string> parts;
    for (std::size_t i = 0; row.ablation.empty() && i < names.size(); ++i) {
      const json& value = row.factors[i][1];
      if (!value.is_null()) parts.push_back(fmt::format("{}={}", names[i], labels[i].at(value)));
    }
    if (!row.ablation.empty()) {
      row.label = row.ablation;
    } else {
      row.label = parts.empty() ? kBaseModel : fmt::format("{}", fmt::join(parts, ", "));
    }
  }
  number_equal_ones(rows);
}

}  // namespace spanlab::host
