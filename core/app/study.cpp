// SPDX-License-Identifier: MIT
#include "app/study.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include "app/printed_command.hpp"
#include "lua/script.hpp"
#include "spanlab/error.hpp"
#include "text/terminal_text.hpp"
#include "train/pretrained.hpp"

namespace spanlab::host::app {

Plan plan_of_script(const ScriptOptions& options, const Places& places, const Registry& registry,
                    const CardIndex& cards, const Notes& notes) {
  Plan plan = resolve(load_study(options.study, script_folders()), registry, cards, options.overrides);
  for (std::string& word : search_words(places)) plan.arguments.push_back(std::move(word));
  for (const Problem& warning : plan.warnings) {
    const std::string place = warning.place.empty() ? "" : warning.place + ": ";
    notes(place + "warning: " + printable(warning.message));
  }
  return plan;
}

void check_encoders(const Plan& plan, const Registry& registry, const CardIndex& cards) {
  std::set<std::string> seen;
  std::vector<Problem> problems;
  for (const PlannedTrial& trial : plan.trials) {
    const std::string model = model_name(trial, registry);
    if (!trial.identity.contains("model") || trial.identity["model"].is_null() ||
        !seen.insert(model).second) {
      continue;
    }
    const ModelCard& card = cards.model(model);
    try {
      std::ranges::move(files_not_counted(card, cards.folder(card)), std::back_inserter(problems));
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::data) throw;  // else there is no folder yet
    }
  }
  if (!problems.empty()) throw Error(ErrorKind::data, std::move(problems));
}

Plan stored_plan(const std::string& study, const RunStore& store) {
  if (!study.ends_with(".lua")) return store.current_plan(study);
  return store.current_plan(load_study(study, script_folders()).name);
}

}  // namespace spanlab::host::app
