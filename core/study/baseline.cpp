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

// What a row's factor must be to have the baseline's value; nothing if the row has no such path.
std::optional<json> wanted_value(const Row& row, const Factors& factors, const Assignment& wanted, ConfigurationBuilder& builder) {
  if (row.variants.contains(wanted.path)) {
    const auto* name = std::get_if<std::string>(&wanted.setting.value);
    return name ? std::make_optional<json>(*name) : std::nullopt;
  }
  std::optional<json> value = builder.value(row.configuration, wanted);
  return value ? std::make_optional(own_value(factors, wanted.path, std::move(*value))) : std::nullopt;
}

// For a baseline that names no variant of the study.
std::string nearest_variant(const Point& baseline, const std::vector<Row>& rows) {
  for (const Assignment& wanted : baseline) {
    std::vector<std::string> known;
    for (const Row& row : rows) {
      if (const auto variant = row.variants.find(wanted.path); variant != row.variants.end()) known.push_back(variant->second);
    }
    const auto* name = std::get_if<std::string>(&wanted.setting.value);
    if (name && !known.empty() && std::ranges::find(known, *name) == known.end()) return did_you_mean(*name, known);
  }
  return "";
}

}  // namespace

json factor_value(const Row& row, const Factors& factors, const std::string& factor) {
  if (const auto variant = row.variants.find(factor); variant != row.variants.end()) return variant->second;
  const auto pointer = pointer_to(factor);
  return row.configuration.contains(pointer) ? own_value(factors, factor, row.configuration.at(pointer)) : json();
}

json find_baseline(const Study& study, const std::vector<Row>& rows, const json& base, ConfigurationBuilder& builder, Problems& problems) {
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
    if (same) return values;
  }
  for (const Assignment& wanted : baseline) {
    if (!values.contains(wanted.path)) problems.add(wanted.setting.origin, "baseline: " + builder.missing(base, wanted.path));
  }
  if (problems.size() == before) problems.add(study.baseline->origin, "baseline: no row of the study has these values" + nearest_variant(baseline, rows));
  return nullptr;
}

}  // namespace spanlab
