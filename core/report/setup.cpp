// SPDX-License-Identifier: MIT
#include "report/setup.hpp"

#include <set>

#include "report/evaluation_text.hpp"
#include "report/folds.hpp"
#include "report/parameter_counts.hpp"
#include "store/configuration_values.hpp"

namespace spanlab::host {
namespace {

using nlohmann::json;

/// The values that all rows share.
std::map<std::string, json> shared_values(const StudyRows& rows) {
  std::map<std::string, json> shared;
  if (!rows.empty()) shared = values_by_path(rows[0].configuration());
  for (const StudyRow& row : rows) {
    const std::map<std::string, json> values = values_by_path(row.configuration());
    std::erase_if(shared, [&](const auto& entry) {
      const auto found = values.find(entry.first);
      return found == values.end() || found->second != entry.second;
    });
  }
  return shared;
}

/// The one text of all trials, or empty where they differ.
template <class Get>
std::string common(const Plan& plan, Get get) {
  std::set<std::string> texts;
  for (const PlannedTrial& trial : plan.trials) texts.insert(get(trial));
  return texts.size() == 1 ? *texts.begin() : "";
}

/// The encoder's id and which weights it starts from, as far as all trials share them.
std::string encoder_text(const Plan& plan) {
  const auto shared = [&](const std::string& name) {
    return common(plan, [&](const PlannedTrial& trial) {
      return value_text(value_at(trial.configuration, "encoder." + name));
    });
  };
  const auto is_set = [](const std::string& value) { return !value.empty() && value != "none"; };
  std::string text = shared("component");
  const std::string model = shared("model"), context = shared("context"), frozen = shared("frozen");
  if (text == "birnn" && is_set(model) && is_set(context)) {
    return text + fmt::format(", frozen features of {} (by {}) stand in for ELMo", model, context);
  }
  if (is_set(model)) text += ", model = " + model;
  if (is_set(frozen)) text += ", frozen = " + frozen;
  return text;
}

std::string identity_text(const PlannedTrial& trial, const std::string& name) {
  return trial.identity.is_object() && trial.identity.contains(name) ? value_text(trial.identity[name]) : "";
}

std::string number_type(const PlannedTrial& trial) {
  const json& precision = value_at(trial.configuration, "train.precision");
  return precision.is_null() ? identity_text(trial, "number") : value_text(precision);
}

bool set_by_author(const Plan& plan, const std::string& path) {
  return plan.origins.is_object() && plan.origins.contains(path) && plan.origins[path] != "default";
}

/// True of a value that a line of its own tells.
bool is_told(const std::string& path) {
  const bool noise = path.starts_with("data.noise.") || path == "data.train_limit";
  return (path.starts_with("data.") && !noise) || path == "encoder.component" || path == "encoder.model" ||
         path == "encoder.frozen";
}

std::string chosen_values(const Plan& plan, const StudyRows& rows) {
  std::vector<std::string> chosen;
  for (const auto& [path, value] : shared_values(rows)) {
    if (!is_told(path) && set_by_author(plan, path)) chosen.push_back(path + "=" + value_text(value));
  }
  return fmt::format("{}", fmt::join(chosen, "; "));
}

std::string endings_text(const std::vector<TrialResult>& trials) {
  const auto count = [&](TrialEnding ending) {
    return std::ranges::count(trials, ending, &TrialResult::ending);
  };
  return fmt::format("{} planned: {} finished, {} failed, {} unfinished", trials.size(),
                     count(TrialEnding::finished), count(TrialEnding::failed),
                     count(TrialEnding::unfinished));
}

}  // namespace

Lines shared_setup(const Plan& plan, const StudyRows& rows, const std::vector<std::string>& metrics,
                   const std::vector<TrialResult>& trials) {
  Lines lines;
  const auto add = [&](const std::string& name, const std::string& text) {
    if (!text.empty()) lines.emplace_back(name, text);
  };
  const auto of_trial = [](const PlannedTrial& trial) { return evaluation_text(trial.configuration); };
  const std::string evaluation = common(plan, of_trial);
  const char* several = "differs: rows with another evaluation set-up stand in a table of their own";
  add("data", evaluation.empty() ? several : evaluation);
  add("scores", fmt::format("{} (percent)", fmt::join(metrics, ", ")));
  add("encoder", encoder_text(plan));
  add("seeds", fmt::format("{}", fmt::join(plan.seeds, ", ")));
  add("folds", folds_text(plan));
  add("number type", common(plan, number_type));
  add("device", common(plan, [](const PlannedTrial& trial) { return identity_text(trial, "device"); }));
  add("trials", endings_text(trials));
  std::ranges::move(parameter_lines(trials), std::back_inserter(lines));
  add("set by the study", chosen_values(plan, rows));
  return lines;
}

}  // namespace spanlab::host
