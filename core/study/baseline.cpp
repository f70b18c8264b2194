// SPDX-License-Identifier: MIT
#include "study/baseline.hpp"

namespace spanlab {

using nlohmann::json;

namespace {

using Factors = std::vector<std::string>;

// Without what other factors say about its inside.
json own_value(const Factors& factors, const std::string& path, json value) {
  for (const std::string& factor : factors) {
    if (!factor.starts_with(path + '.')) continue;
    const auto pointer = pointer_to(factor.substr(path.size() + 1));
    if (value.contains(pointer)) value.at(pointer.parent_pointer()).erase(pointer.back());
  }
  return value;
}

// What a row's factor must be to have the baseline's value; nothing if the row has no such path. A text
// stands for the component or the variant of that name, as in a condition.
std::optional<json> wanted_value(const Row& row, const Factors& factors, const Assignment& wanted,
                                 ConfigurationBuilder& builder) {
  const auto* name = std::get_if<std::string>(&wanted.setting.value);
  if (row.variants.contains(wanted.path)) return name ? std::make_optional<json>(*name) : std::nullopt;
  const std::optional<Slot> slot = builder.find(row.configuration, wanted.path);
  if (name && slot && slot->kind == Slot::Kind::component) {
    json value = factor_value(row, factors, wanted.path);
    return value.value("component", "") == *name ? std::make_optional(std::move(value)) : std::nullopt;
  }
  std::optional<json> value = builder.value(row.configuration, wanted);
  return value ? std::make_optional(own_value(factors, wanted.path, std::move(*value))) : std::nullopt;
}

// The names that `wanted`, a text, could have been: of the rows' variants or components at its path.
std::vector<std::string> known_names(const Assignment& wanted, const std::vector<Row>& rows,
                                     const Factors& factors) {
  std::vector<std::string> known;
  for (const Row& row : rows) {
    const json value = factor_value(row, factors, wanted.path);
    const std::string name = value.is_string()   ? value.get<std::string>()
                             : value.is_object() ? value.value("component", "")
                                                 : "";
    if (!name.empty() && std::ranges::find(known, name) == known.end()) known.push_back(name);
  }
  return known;
}

// For a baseline that names no variant or component of the study.
std::string nearest_name(const Point& baseline, const std::vector<Row>& rows, const Factors& factors) {
  for (const Assignment& wanted : baseline) {
    const std::vector<std::string> known = known_names(wanted, rows, factors);
    const auto* name = std::get_if<std::string>(&wanted.setting.value);
    if (name && !known.empty() && std::ranges::find(known, *name) == known.end())
      return did_you_mean(*name, known);
  }
  return "";
}

// A text that stands for components which differ says not which of them is meant.
void check_unique(const Point& baseline, const json& values, const std::vector<Row>& rows,
                  const Factors& factors, Problems& problems) {
  for (const Assignment& wanted : baseline) {
    const auto* name = std::get_if<std::string>(&wanted.setting.value);
    const json& chosen = values.at(wanted.path);
    if (!name || !chosen.is_object()) continue;
    const bool several = std::ranges::any_of(rows, [&](const Row& row) {
      const json value = factor_value(row, factors, wanted.path);
      return row.ablation.empty() && value.is_object() && value.value("component", "") == *name &&
             value != chosen;
    });
    if (!several) continue;
    problems.add(wanted.setting.origin,
                 fmt::format("baseline: {}: several values are '{}'; say which with its parameters",
                             wanted.path, *name));
  }
}

}  // namespace

json factor_value(const Row& row, const Factors& factors, const std::string& factor) {
  if (const auto variant = row.variants.find(factor); variant != row.variants.end()) return variant->second;
  const auto pointer = pointer_to(factor);
  return row.configuration.contains(pointer) ? own_value(factors, factor, row.configuration.at(pointer))
                                             : json();
}

json find_baseline(const Study& study, const std::vector<Row>& rows, const json& base,
                   ConfigurationBuilder& builder, Problems& problems) {
  if (rows.empty()) return nullptr;
  const std::size_t before = problems.size();
  const Point& baseline = study.baseline->point;
  json values = json::object();
  for (const Row& row : rows) {
    bool same = true;
    for (const Assignment& wanted : baseline) {
      std::optional<json> value = wanted_value(row, study.factors, wanted, builder);
      same = same && value && *value == factor_value(row, study.factors, wanted.path);
      if (value) values[wanted.path] = std::move(*value);
    }
    if (problems.size() > before) return nullptr;
    if (!same) continue;
    check_unique(baseline, values, rows, study.factors, problems);
    return values;
  }
  for (const Assignment& wanted : baseline) {
    if (values.contains(wanted.path) || !known_names(wanted, rows, study.factors).empty()) continue;
    problems.add(wanted.setting.origin, "baseline: " + builder.missing(base, wanted.path));
  }
  if (problems.size() > before) return nullptr;
  problems.add(study.baseline->origin, "baseline: no row of the study has these values" +
                                           nearest_name(baseline, rows, study.factors));
  return nullptr;
}

}  // namespace spanlab
