// SPDX-License-Identifier: MIT
#include "study/baseline.hpp"

#include <algorithm>

#include "settings/configuration_json.hpp"

namespace spanlab::host {

using nlohmann::json;

namespace {

// The text that a baseline may give in place of a component or variant.
const std::string* name_in(const Assignment& wanted) {
  return std::get_if<std::string>(&wanted.setting.value);
}

std::string component_of(const json& value) { return value.is_object() ? value.value("component", "") : ""; }

/// Looks for the row that has what the baseline says.
class Search {
 public:
  Search(const NamedPoint& baseline, const std::vector<Row>& rows, const Factors& factors, BaseModel& base,
         Problems& problems)
      : baseline_(baseline), rows_(rows), factors_(factors), base_(base), problems_(problems) {}

  json run() {
    const std::size_t before = problems_.size();
    json values = json::object();
    for (const Row& row : rows_) {
      const bool same = compare(row, values);
      if (problems_.size() > before) return nullptr;
      if (!same) continue;
      check_unique(values);
      return values;
    }
    for (const Assignment& wanted : baseline_.point) {
      if (values.contains(wanted.path) || !known_names(wanted).empty()) continue;
      problems_.add(wanted.setting.origin,
                    "baseline: " + base_.builder().missing(base_.configuration(), wanted.path));
    }
    if (problems_.size() == before) {
      problems_.add(baseline_.origin, "baseline: no row of the study has these values" + nearest_name());
    }
    return nullptr;
  }

 private:
  // Whether the row has all of the baseline's values; keeps them.
  bool compare(const Row& row, json& values) {
    bool same = true;
    for (const Assignment& wanted : baseline_.point) {
      std::optional<json> value = wanted_value(row, wanted);
      same = same && value && *value == *factors_.value(row, wanted.path);
      if (value) values[wanted.path] = std::move(*value);
    }
    return same;
  }

  // What a row's factor must be to have the baseline's value; nothing if the row has no such path. A text
  // stands for the component or the variant of that name, as in a condition.
  std::optional<json> wanted_value(const Row& row, const Assignment& wanted) {
    const std::string* name = name_in(wanted);
    if (row.variants.contains(wanted.path)) return name ? std::make_optional<json>(*name) : std::nullopt;
    const std::optional<Slot> slot = base_.builder().find(*row.configuration, wanted.path);
    if (name && slot && slot->kind == Slot::Kind::component) {
      const json value = *factors_.value(row, wanted.path);
      return component_of(value) == *name ? std::make_optional(value) : std::nullopt;
    }
    const std::optional<Part> part = base_.builder().part(*row.configuration, wanted);
    return part ? std::make_optional(*factors_.value(*part, wanted.path)) : std::nullopt;
  }

  // The names that `wanted`, a text, could have been: of the rows' variants or components at its path.
  std::vector<std::string> known_names(const Assignment& wanted) const {
    std::vector<std::string> known;
    for (const Row& row : rows_) {
      const json value = *factors_.value(row, wanted.path);
      const std::string name = value.is_string() ? value.get<std::string>() : component_of(value);
      if (!name.empty() && std::ranges::find(known, name) == known.end()) known.push_back(name);
    }
    return known;
  }

  // For a baseline that names no variant or component of the study.
  std::string nearest_name() const {
    for (const Assignment& wanted : baseline_.point) {
      const std::vector<std::string> known = known_names(wanted);
      const std::string* name = name_in(wanted);
      if (name && !known.empty() && std::ranges::find(known, *name) == known.end()) {
        return did_you_mean(*name, known);
      }
    }
    return "";
  }

  // A text that stands for components which differ says not which of them is meant.
  void check_unique(const json& values) {
    for (const Assignment& wanted : baseline_.point) {
      const std::string* name = name_in(wanted);
      const json& chosen = values.at(wanted.path);
      if (!name || !chosen.is_object()) continue;
      const bool several = std::ranges::any_of(rows_, [&](const Row& row) {
        const json value = *factors_.value(row, wanted.path);
        return row.ablation.empty() && component_of(value) == *name && value != chosen;
      });
      if (!several) continue;
      problems_.add(wanted.setting.origin,
                    fmt::format("baseline: {}: several values are '{}'; say which with its parameters",
                                wanted.path, *name));
    }
  }

  const NamedPoint& baseline_;
  const std::vector<Row>& rows_;
  const Factors& factors_;
  BaseModel& base_;
  Problems& problems_;
};

}  // namespace

SharedJson Factors::value(const Part& part, const std::string& path) const {
  json value = to_json(part);
  for (const std::string& factor : factors_) {
    if (!factor.starts_with(path + '.')) continue;
    json::json_pointer inside;
    for (const std::string& name : Path::parse(factor.substr(path.size() + 1)).names()) inside /= name;
    if (value.contains(inside)) value.at(inside.parent_pointer()).erase(inside.back());
  }
  return value;
}

SharedJson Factors::value(const Row& row, const std::string& path) const {
  if (const auto variant = row.variants.find(path); variant != row.variants.end()) {
    return json(variant->second);
  }
  const std::optional<Part> part = part_at(*row.configuration, Path::parse(path), registry_);
  return part ? value(*part, path) : SharedJson();
}

SharedJson find_baseline(const NamedPoint& baseline, const std::vector<Row>& rows, const Factors& factors,
                         BaseModel& base, Problems& problems) {
  if (rows.empty()) return {};
  return Search(baseline, rows, factors, base, problems).run();
}

}  // namespace spanlab::host
