// SPDX-License-Identifier: MIT
#include "app/completion.hpp"

#include <algorithm>
#include <set>

#include "lua/script.hpp"
#include "settings/configuration.hpp"
#include "store/run_store.hpp"
#include "study/base_model.hpp"

namespace spanlab::host::app {

namespace {

constexpr std::size_t kShortestPrefix = 8;

std::size_t common_length(const std::string& a, const std::string& b) {
  return static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
}

std::vector<Candidate> plain(const std::vector<std::string>& texts) {
  std::vector<Candidate> found;
  for (const std::string& text : texts) found.push_back({text});
  return found;
}

void add_settings(std::vector<Candidate>& found, const std::string& above, const Schema& schema) {
  for (const Parameter& parameter : schema.parameters()) {
    found.push_back({above + parameter.name, parameter.doc});
  }
}

}  // namespace

std::vector<Candidate> study_names(const Places& places) { return plain(RunStore(places.runs).studies()); }

std::vector<Candidate> trial_prefixes(const Places& places) {
  const std::vector<std::string> hashes = RunStore(places.runs).trials();  // sorted
  std::vector<Candidate> found;
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    const std::size_t before = i > 0 ? common_length(hashes[i], hashes[i - 1]) : 0;
    const std::size_t after = i + 1 < hashes.size() ? common_length(hashes[i], hashes[i + 1]) : 0;
    found.push_back({hashes[i].substr(0, std::max({kShortestPrefix, before + 1, after + 1}))});
  }
  return found;
}

std::vector<Candidate> study_rows(const Places& places) {
  const RunStore store(places.runs);
  std::vector<Candidate> found;
  for (const std::string& study : store.studies()) {
    for (const PlanRow& row : store.current_plan(study).rows) found.push_back({study + ':' + row.label});
  }
  return found;
}

std::vector<Candidate> data_names(const Places& places) {
  const Registry registry = load_what_can_be(places);
  const CardIndex cards = load_cards(places, registry);
  std::vector<Candidate> found;
  for (const std::string& name : cards.data_names()) found.push_back({name, cards.data(name).title});
  return found;
}

std::vector<Candidate> model_names(const Places& places) {
  const Registry registry = load_what_can_be(places);
  const CardIndex cards = load_cards(places, registry);
  std::vector<Candidate> found;
  for (const std::string& name : cards.model_names()) found.push_back({name, cards.model(name).title});
  return found;
}

std::vector<Candidate> components(const Places& places) {
  const Registry registry = load_what_can_be(places);
  std::vector<Candidate> found;
  for (ComponentKind kind : kComponentKinds) {
    for (Candidate& candidate : editor::component_ids(registry, kind)) {
      found.push_back({fmt::format("{}/{}", to_text(kind), candidate.text), candidate.about});
    }
  }
  return found;
}

std::vector<Candidate> profiles(const std::string& script) {
  std::vector<Candidate> found;
  for (const Profile& profile : load_study(script, script_folders()).profiles)
    found.push_back({profile.name});
  return found;
}

std::vector<Candidate> changes(const ScriptOptions& options, const std::string& begun, const Places& places) {
  const Study study = load_study(options.study, script_folders());
  const Registry registry = load_what_can_be(places);
  const CardIndex cards = load_cards(places, registry);
  Problems problems;
  const BaseModel base(study, registry, cards, options.overrides, problems);
  const editor::Surroundings around{registry, cards};
  if (const std::size_t sign = begun.find('='); sign != begun.npos) {
    return editor::values_at(base.configuration(), begun.substr(0, sign),
                             std::string_view(begun).substr(sign + 1), around);
  }
  std::set<std::string> varied;
  for (const Point& point : study.points) {
    for (const Assignment& assignment : point) varied.insert(assignment.path);
  }
  return editor::changeable_paths(base.configuration(), varied, around);
}

std::vector<Candidate> topics(const Places& places) {
  std::vector<Candidate> found{{"study", "what a script returns"}, {"task", "what a model holds"}};
  add_settings(found, "train.", train_binding().schema());
  add_settings(found, "data.", data_binding().schema());
  add_settings(found, "data.noise.", noise_binding().schema());
  add_settings(found, "entity.", task_binding().schema());
  for (Candidate& component : components(places)) found.push_back(std::move(component));
  return found;
}

}  // namespace spanlab::host::app
