// SPDX-License-Identifier: MIT
#include "report/settings.hpp"

#include <set>

#include "evaluate/metrics.hpp"
#include "report/folds.hpp"
#include "sdk/number_text.hpp"
#include "store/labels.hpp"
#include "text/shell_text.hpp"

namespace spanlab {
namespace {

using nlohmann::json;

/// Dotted paths of all values below `node`; lists are values.
void flatten(const json& node, const std::string& path, std::map<std::string, json>& flat) {
  if (!node.is_object()) {
    flat[path] = node;
    return;
  }
  for (const auto& [name, member] : node.items())
    flatten(member, path.empty() ? name : path + "." + name, flat);
}

/// The values that all rows of the plan share.
std::map<std::string, json> shared_values(const Plan& plan) {
  std::map<std::string, json> shared = flattened(configuration_of(plan, 0));
  for (std::size_t row = 1; row < plan.rows.size(); ++row) {
    std::map<std::string, json> values = flattened(configuration_of(plan, row));
    std::erase_if(shared, [&](const auto& entry) {
      auto found = values.find(entry.first);
      return found == values.end() || found->second != entry.second;
    });
  }
  return shared;
}

/// The one value of `get` over all trials, or empty where they differ.
template <class Get>
std::string common(const Plan& plan, Get get) {
  std::set<std::string> texts;
  for (const PlannedTrial& trial : plan.trials) texts.insert(get(trial));
  return texts.size() == 1 ? *texts.begin() : "";
}

/// The encoder's id and which weights it starts from, as far as all trials share them.
std::string encoder_text(const Plan& plan) {
  auto shared = [&](const std::string& name) {
    return common(plan, [&](const PlannedTrial& trial) {
      return value_text(value_at(trial.configuration, "encoder." + name));
    });
  };
  auto is_set = [](const std::string& value) { return !value.empty() && value != "none"; };
  std::string text = shared("component");
  const std::string model = shared("model"), context = shared("context");
  if (is_set(model) && is_set(context))
    return text + fmt::format(", frozen features of {} (by {}) stand in for ELMo", model, context);
  for (const char* name : {"model", "frozen"}) {
    if (is_set(shared(name))) text += fmt::format(", {} = {}", name, shared(name));
  }
  return text;
}

std::string identity_text(const PlannedTrial& trial, const std::string& name) {
  return trial.identity.is_object() && trial.identity.contains(name) ? value_text(trial.identity[name]) : "";
}

std::string number_type(const PlannedTrial& trial) {
  json precision = value_at(trial.configuration, "train.precision");
  return precision.is_null() ? identity_text(trial, "number") : value_text(precision);
}

bool set_by_author(const Plan& plan, const std::string& path) {
  return plan.origins.is_object() && plan.origins.contains(path) && plan.origins[path] != "default";
}

std::string joined(const std::vector<std::int64_t>& numbers) {
  return fmt::format("{}", fmt::join(numbers, ", "));
}

/// A path as it may be published: relative to here, or its last name.
std::filesystem::path published(const std::filesystem::path& path) {
  if (path.is_relative()) return path;
  std::filesystem::path below = path.lexically_normal().lexically_relative(std::filesystem::current_path());
  bool inside = !below.empty() && *below.begin() != "..";
  return inside ? below : path.has_filename() ? path.filename() : path.parent_path().filename();
}

using Parts = std::map<std::string, std::int64_t>;

// `6,192,205: encoder.char 2,464, …`
std::string parts_text(const Parts& shown, const Parts& all) {
  std::int64_t sum = 0;
  for (const auto& [part, count] : all) sum += count;
  std::vector<std::string> texts;
  for (const auto& [part, count] : shown) texts.push_back(fmt::format("{} {}", part, with_commas(count)));
  return with_commas(sum) + (texts.empty() ? "" : fmt::format(": {}", fmt::join(texts, ", ")));
}

// The numbers of trained parameters by part. Where rows differ, each has a line with its sum and the parts
// that others have otherwise.
Lines parameter_lines(const std::vector<TrialResult>& trials) {
  std::vector<std::pair<std::string, Parts>> rows;
  for (const TrialResult& trial : trials) {
    if (!trial.parameters.empty() && (rows.empty() || rows.back().first != trial.label))
      rows.emplace_back(trial.label, trial.parameters);
  }
  if (rows.empty()) return {};
  const Parts& first = rows.front().second;
  if (std::ranges::all_of(rows, [&](const auto& row) { return row.second == first; }))
    return {{"trained parameters", parts_text(first, first)}};
  Parts common;
  for (const auto& part : first) {
    if (std::ranges::all_of(
            rows, [&](const auto& row) { return std::ranges::find(row.second, part) != row.second.end(); }))
      common.insert(part);
  }
  Lines lines;
  if (!common.empty())
    lines.emplace_back("trained parameters that all rows have", parts_text(common, common));
  for (auto& [label, parts] : rows) {
    Parts own = parts;
    std::erase_if(own, [&](const auto& part) { return common.contains(part.first); });
    lines.emplace_back("trained parameters: " + label, parts_text(own, parts));
  }
  return lines;
}

}  // namespace

std::map<std::string, json> flattened(const json& node) {
  std::map<std::string, json> flat;
  flatten(node, "", flat);
  return flat;
}

json value_at(const json& configuration, const std::string& path) {
  const json* node = &configuration;
  for (std::size_t begin = 0; begin <= path.size();) {
    std::size_t end = std::min(path.find('.', begin), path.size());
    std::string name = path.substr(begin, end - begin);
    if (!node->is_object() || !node->contains(name)) return nullptr;
    node = &(*node)[name];
    begin = end + 1;
  }
  return *node;
}

bool at_or_below(const std::string& path, const std::string& above) {
  return path == above || path.starts_with(above + ".");
}

json factor_value(const Plan& plan, std::size_t row, const std::string& path) {
  for (const json& factor : plan.rows[row].factors) {
    if (factor.at(0) == path) return factor.at(1);
  }
  return value_at(configuration_of(plan, row), path);
}

std::string value_text(const json& value, const std::vector<json>& others) {
  return value == "" ? "none" : value_label(value, others);
}

std::string evaluation_text(const json& configuration) {
  auto text = [&](const char* name) {
    json value = value_at(configuration, std::string("data.") + name);
    return value.is_null() || value == "" ? std::string() : value_text(value);
  };
  std::string result = fmt::format("{}: trained on {}", text("name"), text("train"));
  if (!text("dev").empty()) result += ", watched on " + text("dev");
  std::string scored =
      text("test").empty() ? text("dev") : text("test");  // as training does where there is no test split
  result += scored.empty() ? ", not scored" : ", scored on " + scored;
  json limit = value_at(configuration, "data.limit");
  if (limit.is_number() && limit > 0) result += fmt::format(", the first {} sentences of each", limit.dump());
  std::string overlap = text("overlap");
  if (overlap == "allowed") result += "; overlapping entities count";
  if (overlap == "removed") result += "; overlapping entities are left out";
  return result;
}

const json& configuration_of(const Plan& plan, std::size_t row) {
  static const json none = json::object();
  auto found = std::ranges::find(plan.trials, static_cast<std::int64_t>(row), &PlannedTrial::row);
  return found == plan.trials.end() ? none : *found->configuration;
}

Lines shared_setup(const Plan& plan, const Report& report) {
  Lines lines;
  auto add = [&](const std::string& name, const std::string& text) {
    if (!text.empty()) lines.emplace_back(name, text);
  };
  std::string evaluation =
      common(plan, [](const PlannedTrial& trial) { return evaluation_text(trial.configuration); });
  add("data", evaluation.empty()
                  ? "differs: rows with another evaluation set-up stand in a table of their own"
                  : evaluation);
  add("scores", fmt::format("{} (percent)", fmt::join(report.metrics, ", ")));
  add("encoder", encoder_text(plan));
  add("seeds", joined(plan.seeds));
  add("folds", folds_text(plan));
  add("number type", common(plan, number_type));
  add("device", common(plan, [](const PlannedTrial& trial) { return identity_text(trial, "device"); }));
  auto count = [&](TrialEnding ending) {
    return std::ranges::count(report.trials, ending, &TrialResult::ending);
  };
  add("trials",
      fmt::format("{} planned: {} finished, {} failed, {} unfinished", report.trials.size(),
                  count(TrialEnding::finished), count(TrialEnding::failed), count(TrialEnding::unfinished)));
  std::ranges::move(parameter_lines(report.trials), std::back_inserter(lines));
  std::vector<std::string> chosen;
  for (const auto& [path, value] : shared_values(plan)) {
    bool noise = path.starts_with("data.noise.") || path == "data.train_limit";
    bool shown = (path.starts_with("data.") && !noise) || path == "encoder.component" ||
                 path == "encoder.model" || path == "encoder.frozen";
    if (!shown && set_by_author(plan, path)) chosen.push_back(path + "=" + value_text(value));
  }
  add("set by the study", fmt::format("{}", fmt::join(chosen, "; ")));
  return lines;
}

std::vector<ProvenanceDifference> provenance_differences(const std::vector<TrialResult>& trials) {
  std::vector<const TrialResult*> finished;
  std::vector<std::map<std::string, json>> environments;
  std::set<std::string> fields;
  for (const TrialResult& trial : trials) {
    if (trial.ending != TrialEnding::finished) continue;
    finished.push_back(&trial);
    for (const auto& [field, value] : environments.emplace_back(flattened(trial.environment)))
      fields.insert(field);
  }
  using Part = std::vector<std::size_t>;  // places of trials
  std::map<std::vector<Part>, ProvenanceDifference> differences;
  for (const std::string& field : fields) {
    std::map<std::string, Part> by_value;
    for (std::size_t i = 0; i < finished.size(); ++i) {
      const auto found = environments[i].find(field);
      by_value[found == environments[i].end() ? "not recorded" : without_folders(value_text(found->second))]
          .push_back(i);
    }
    if (by_value.size() < 2) continue;
    std::map<Part, std::string> parts;
    for (const auto& [value, places] : by_value) parts[places] = value;
    std::vector<Part> division;
    for (const auto& [places, value] : parts) division.push_back(places);
    ProvenanceDifference& difference = differences[division];
    difference.fields.push_back(field);
    difference.parts.resize(parts.size());
    for (auto part = difference.parts.begin(); const auto& [places, value] : parts)
      (part++)->values.push_back(value);
  }
  std::vector<ProvenanceDifference> all;
  for (auto& [division, difference] : differences) {
    for (std::size_t p = 0; p < division.size(); ++p) {
      std::vector<std::string> names;
      for (std::size_t place : division[p])
        names.push_back(fmt::format("{} seed {}", finished[place]->label, finished[place]->seed));
      difference.parts[p].trials = names.size() > 6 ? fmt::format("{} trials", names.size())
                                                    : fmt::format("{}", fmt::join(names, ", "));
    }
    all.push_back(std::move(difference));
  }
  return all;
}

std::vector<std::string> reproducing_commands(const Plan& plan, const std::filesystem::path& runs,
                                              const std::string& out) {
  const auto named = [&](const std::filesystem::path& path) {
    return path_word(out.empty() ? path : published(path));
  };
  std::vector<std::string> run{"scripts/spanlab", "run", named(plan.script)};
  for (std::size_t i = 0; i < plan.arguments.size(); ++i) {
    const std::string before = i > 0 ? plan.arguments[i - 1] : "";
    const bool is_path = before == "--data-path" || before == "--plugin-path";
    run.push_back(is_path ? named(plan.arguments[i]) : plan.arguments[i]);
  }
  std::vector<std::string> report{"scripts/spanlab", "report", plan.study};
  if (!out.empty()) report.insert(report.end(), {"--out", named(out)});
  return {shell_line(run) + runs_words(named(runs)), shell_line(report) + runs_words(named(runs))};
}

}  // namespace spanlab
