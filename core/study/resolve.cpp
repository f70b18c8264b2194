// SPDX-License-Identifier: MIT
#include "study/resolve.hpp"

#include <set>

#include "evaluate/metrics.hpp"
#include "plugin/configuration.hpp"
#include "study/baseline.hpp"
#include "study/checks.hpp"
#include "study/configuration.hpp"
#include "study/identity.hpp"
#include "study/labels.hpp"
#include "study/set_option.hpp"

namespace spanlab {

using nlohmann::json;

namespace {

std::vector<std::string> arguments_of(const Overrides& overrides) {
  std::vector<std::string> arguments;
  auto add = [&](const char* name, std::string value) { arguments.insert(arguments.end(), {name, std::move(value)}); };
  if (overrides.profile) add("--profile", *overrides.profile);
  for (const std::string& set : overrides.set) add("--set", set);
  if (overrides.seeds) add("--seeds", fmt::format("{}", fmt::join(*overrides.seeds, ",")));
  if (overrides.limit) add("--limit", std::to_string(*overrides.limit));
  if (overrides.device != "cpu") add("--device", overrides.device);
  return arguments;
}

// Components first, then what lies below them.
Point outermost_first(Point point) {
  std::ranges::stable_sort(point, {}, [](const Assignment& assignment) { return std::ranges::count(assignment.path, '.'); });
  return point;
}

// The study with the space and the seeds of the profile that was asked for.
Study with_profile(Study study, const std::optional<std::string>& name) {
  const auto profile = std::ranges::find_if(study.profiles, [&](const Profile& one) { return one.name == name; });
  if (profile == study.profiles.end()) return study;
  if (!profile->points.empty()) {
    study.factors = profile->factors;
    study.points = profile->points;
  }
  if (!profile->seeds.empty()) study.seeds = profile->seeds;
  return study;
}

class Resolver {
 public:
  Resolver(const Study& study, const Registry& registry, const CardIndex& cards, const Overrides& overrides)
      : study_(with_profile(study, overrides.profile)), registry_(registry), cards_(cards), overrides_(overrides), builder_(registry, problems_), identities_(registry, cards, overrides.device) {
    for (const Problem& problem : study.problems) problems_.add(problem.place, problem.message);
  }

  Plan run() {
    const std::size_t read = problems_.size();
    base_ = builder_.build(study_.base);
    override_base();
    take_first_fold();
    builder_.keep_origins();
    check(base_, {});
    base_is_whole_ = problems_.size() == read && is_whole(base_);
    check_profiles();
    metrics();
    check_variant_names();
    for (const Point& point : study_.points) add_point(point);
    add_ablations();
    if (study_.baseline) baseline_ = find_baseline(study_, rows_, base_, builder_, problems_);
    problems_.throw_if_any();
    return finish();
  }

 private:
  void override_base() {
    if (overrides_.profile) apply_profile(*overrides_.profile);
    for (const std::string& text : overrides_.set) {
      if (auto assignment = read_set_option(text, base_, builder_, problems_)) override_by(*assignment);
    }
    if (overrides_.limit) override_by({"data.limit", {.origin = "--limit", .value = *overrides_.limit}});
  }

  // Of data with folds there is no base without one: where the space varies it and the base names none, the first is the base's.
  void take_first_fold() {
    const json::json_pointer fold("/data/fold");
    if (!base_.contains(fold) || !base_.at(fold).is_null()) return;
    for (const Point& point : study_.points) {
      auto assigned = std::ranges::find(point, "data.fold", &Assignment::path);
      if (assigned != point.end()) return builder_.apply(base_, *assigned);
    }
  }

  void override_by(const Assignment& assignment) {
    const auto assigns = [&](const Point& point) { return std::ranges::find(point, assignment.path, &Assignment::path) != point.end(); };
    if (std::ranges::any_of(study_.points, assigns)) {
      problems_.add(assignment.setting.origin, fmt::format("{}: the study's space varies it, so that no trial would have this value", assignment.path));
    }
    builder_.apply(base_, assignment);
  }

  void apply_profile(const std::string& name) {
    auto found = std::ranges::find(study_.profiles, name, &Profile::name);
    if (found == study_.profiles.end()) {
      std::vector<std::string> known;
      for (const Profile& profile : study_.profiles) known.push_back(profile.name);
      const std::string names = known.empty() ? "none" : fmt::format("{}", fmt::join(known, ", "));
      problems_.add("--profile", fmt::format("the study has no profile '{}'{}\n   profiles: {}", name, did_you_mean(name, known), names));
      return;
    }
    for (Assignment assignment : outermost_first(found->point)) {
      assignment.setting.origin += fmt::format(" (profile {})", name);
      override_by(assignment);
    }
  }

  // Profiles that are not asked for are checked as well.
  void check_profiles() {
    for (const Profile& profile : study_.profiles) {
      if (profile.name == overrides_.profile) continue;
      json configuration = base_;
      for (const Assignment& assignment : outermost_first(profile.point)) builder_.apply(configuration, assignment);
    }
  }

  void check_variant_names() {
    std::set<std::string> told;
    for (const Point& point : study_.points) {
      for (const Assignment& assignment : point) {
        if (!assignment.setting.is_variant() || !base_.contains(assignment.path) || !told.insert(assignment.path).second) continue;
        problems_.add(assignment.setting.origin, fmt::format("variants \"{}\": the model has a part of this name; expected another", assignment.path));
      }
    }
  }

  // The nearest thing above a path that has a place in the script.
  std::string place_of(const std::string& path, const Point& point) const {
    for (std::string above = path;; above = above.substr(0, above.rfind('.'))) {
      auto assigned = std::ranges::find(point, above, &Assignment::path);
      if (assigned != point.end()) return assigned->setting.origin;
      auto origin = builder_.origins().find(above);
      if (origin != builder_.origins().end() && origin->second != "default") return origin->second;
      if (above.find('.') == above.npos) return study_.origin;
    }
  }

  void check(const json& configuration, const Point& point) {
    check_configuration(configuration, registry_, cards_, [&](const std::string& path) { return place_of(path, point); }, problems_);
  }

  // An evaluation set-up that is not given is the card's: it becomes part of the configuration, and so of the identity.
  void complete(json& configuration) const {
    json& overlap = configuration.at("data").at("overlap");
    if (overlap.is_null()) overlap = cards_.data(configuration.at("data").at("name")).overlap == Overlap::removed ? "removed" : "allowed";
  }

  // Nothing if the point is wrong.
  std::optional<Row> row(const Point& point) {
    const std::size_t before = problems_.size();
    Row row{.configuration = base_};
    const Point changes = outermost_first(point);
    for (const Assignment& assignment : changes) {
      if (assignment.setting.is_variant()) row.variants[assignment.path] = assignment.setting.id;
      else builder_.apply(row.configuration, assignment);
    }
    if (problems_.size() == before && !point.empty()) check(row.configuration, changes);
    if (problems_.size() > before || !base_is_whole_) return std::nullopt;
    complete(row.configuration);
    row.identity = identities_.identity(row.configuration);
    row.canonical = identities_.canonical(row.configuration, row.identity);
    return row;
  }

  void add_point(const Point& point) {
    std::optional<Row> made = row(point);
    if (!made) return;
    if (seen_.insert(made->canonical).second) return rows_.push_back(std::move(*made));
    const Row& same = *std::ranges::find(rows_, made->canonical, &Row::canonical);
    for (const auto& [name, variant] : made->variants) {
      const auto other = same.variants.find(name);
      if (other == same.variants.end() || other->second == variant) continue;
      const auto assigned = std::ranges::find(point, name, &Assignment::path);
      problems_.add(assigned->setting.origin, fmt::format("variants: '{}' gives the same configuration as '{}'", variant, other->second));
    }
  }

  void add_ablations() {
    if (study_.ablations.empty()) return;
    std::optional<Row> base = row({});
    std::map<std::string, std::string> names;
    std::vector<Row> ablated;
    for (const NamedPoint& entry : study_.ablations) {
      std::optional<Row> made = row(entry.point);
      if (!made || !base) continue;
      if (made->canonical == base->canonical) problems_.add(entry.origin, fmt::format("ablate: '{}' changes nothing: the base model is so already", entry.name));
      auto [same, is_new] = names.emplace(made->canonical, entry.name);
      if (!is_new) problems_.add(entry.origin, fmt::format("ablate: '{}' gives the same configuration as '{}'", entry.name, same->second));
      made->ablation = entry.name;
      made->changes = entry.point;
      ablated.push_back(std::move(*made));
    }
    if (base && seen_.insert(base->canonical).second) rows_.push_back(std::move(*base));
    std::ranges::move(ablated, std::back_inserter(rows_));
  }

  // As train/evaluation.hpp groups the scores of a trial. Rows may have other tasks than the base model: every view can be named.
  std::vector<std::string> score_groups() const {
    std::vector<std::string> groups = cards_.data(base_.at("data").at("name")).views;
    const bool several_views = groups.size() > 1;
    groups = several_views ? groups : std::vector<std::string>();
    if (several_views) groups.push_back("union");
    std::vector<std::string> span_tasks;
    for (const std::string& task : task_names(base_)) {
      if (!builds_on_spans(task)) span_tasks.push_back(task);
    }
    if (several_views || span_tasks.size() > 1) groups.insert(groups.end(), span_tasks.begin(), span_tasks.end());
    return groups;
  }

  bool builds_on_spans(const std::string& task) const {
    const json& spans = base_.at(task).at("spans");
    return !spans.is_null() && spans != "";
  }

  void metrics() {
    if (study_.metrics.empty()) return;
    const std::vector<std::string> groups = score_groups();
    for (const Metric& metric : study_.metrics) {
      try {
        full_score_path(metric.path, groups);
      } catch (const Error& error) {
        for (const Problem& problem : error.problems()) problems_.add(metric.origin, fmt::format("metrics: {}: {}", metric.path, problem.message));
      }
    }
  }

  std::vector<std::string> metric_paths() const {
    std::vector<std::string> paths;
    for (const Metric& metric : study_.metrics) paths.push_back(metric.path);
    if (!paths.empty()) return paths;
    const std::string primary = cards_.data(base_.at("data").at("name")).primary;
    const std::vector<std::string> groups = score_groups();
    const std::string group = groups.empty() ? "" : groups.front() + ".";
    paths.push_back(group + "entity.f1");
    const std::vector<std::string> tasks = task_names(base_);
    if (std::ranges::any_of(tasks, [&](const std::string& task) { return builds_on_spans(task); })) {
      paths.push_back(fmt::format("{}relation.{}.f1", group, primary.empty() ? "strict" : primary));
    }
    return paths;
  }

  json factor_pairs(const Row& row) const {
    json pairs = json::array();
    auto add = [&](const std::string& path) { pairs.push_back({path, factor_value(row, study_.factors, path)}); };
    if (row.ablation.empty()) std::ranges::for_each(study_.factors, add);
    else std::ranges::for_each(row.changes, [&](const Assignment& change) { add(change.path); });
    return pairs;
  }

  // The base's origins; those of factors name their place in the space as well.
  json origins() const {
    json origins = builder_.origins();
    for (const std::string& path : study_.factors) {
      for (const Point& point : study_.points) {
        auto assigned = std::ranges::find(point, path, &Assignment::path);
        if (assigned == point.end()) continue;
        const std::string varied = "varied at " + assigned->setting.origin;
        origins[path] = origins.contains(path) ? origins[path].get<std::string>() + "; " + varied : varied;
        break;
      }
    }
    return origins;
  }

  Plan finish() {
    Plan plan{.study = study_.name, .question = study_.question, .script = study_.script, .arguments = arguments_of(overrides_), .factors = study_.factors};
    plan.seeds = overrides_.seeds.value_or(study_.seeds);
    plan.report = {baseline_, metric_paths()};
    plan.origins = origins();
    complete(base_);
    const std::string base = identities_.canonical(base_, identities_.identity(base_));
    for (const Row& row : rows_) {
      const std::int64_t index = static_cast<std::int64_t>(plan.rows.size());
      plan.rows.push_back({row.ablation, factor_pairs(row), "", row.ablation.empty() && row.canonical == base});
      for (std::int64_t seed : plan.seeds) {
        plan.trials.push_back({Identities::hash(row.canonical, seed), index, seed, row.configuration, row.identity});
      }
    }
    label_rows(plan.rows, plan.factors);
    return plan;
  }

  const Study study_;
  const Registry& registry_;
  const CardIndex& cards_;
  const Overrides& overrides_;
  Problems problems_;
  ConfigurationBuilder builder_;
  Identities identities_;
  json base_;
  bool base_is_whole_ = false;
  json baseline_;
  std::vector<Row> rows_;
  std::set<std::string> seen_;
};

}  // namespace

Plan resolve(const Study& study, const Registry& registry, const CardIndex& cards, const Overrides& overrides) {
  return Resolver(study, registry, cards, overrides).run();
}

}  // namespace spanlab
