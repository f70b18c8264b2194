// SPDX-License-Identifier: MIT
#include "study/resolve.hpp"

#include <set>

#include "plugin/configuration.hpp"
#include "sdk/problem_list.hpp"
#include "study/baseline.hpp"
#include "study/checks.hpp"
#include "study/configuration.hpp"
#include "study/identity.hpp"
#include "store/labels.hpp"
#include "study/score_checks.hpp"
#include "study/set_option.hpp"

namespace spanlab {

using nlohmann::json;

namespace {

std::vector<std::string> arguments_of(const Overrides& overrides) {
  std::vector<std::string> arguments;
  auto add = [&](const char* name, std::string value) {
    arguments.insert(arguments.end(), {name, std::move(value)});
  };
  if (overrides.profile) add("--profile", *overrides.profile);
  for (const std::string& set : overrides.set) add("--set", set);
  if (overrides.seeds) add("--seeds", fmt::format("{}", fmt::join(*overrides.seeds, ",")));
  if (overrides.limit) add("--limit", std::to_string(*overrides.limit));
  if (overrides.device != "cpu") add("--device", overrides.device);
  return arguments;
}

// The study with the space and the seeds of the profile that was asked for.
Study with_profile(Study study, const std::optional<std::string>& name) {
  const auto profile =
      std::ranges::find_if(study.profiles, [&](const Profile& one) { return one.name == name; });
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
      : study_(with_profile(study, overrides.profile)),
        registry_(registry),
        cards_(cards),
        overrides_(overrides),
        builder_(registry, problems_),
        identities_(registry, cards, overrides.device),
        scores_(cards) {
    for (const Problem& problem : study.problems) problems_.add(problem.place, problem.message);
  }

  Plan run() {
    const std::size_t read = problems_.size();
    base_ = builder_.build(study_.base);
    if (task_names(base_).empty() && problems_.empty()) problems_.add(study_.origin, "the model has no task");
    override_base();
    take_first_fold();
    builder_.keep_origins();
    check(base_, {});
    base_is_whole_ = problems_.size() == read && is_whole(base_);
    check_profiles();
    check_variant_names();
    if (study_.unsettled.empty())
      add_rows();
    else
      settle();
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

  // Of data with folds there is no base without one: where the space varies it and the base names none, the
  // first is the base's.
  void take_first_fold() {
    const json::json_pointer fold("/data/fold");
    if (!base_.contains(fold) || !base_.at(fold).is_null()) return;
    for (const Point& point : study_.points) {
      if (const Assignment* assigned = point.find("data.fold")) return builder_.apply(base_, *assigned);
    }
  }

  void override_by(const Assignment& assignment) {
    const auto assigns = [&](const Point& point) { return point.find(assignment.path) != nullptr; };
    if (std::ranges::any_of(study_.points, assigns)) {
      problems_.add(assignment.setting.origin,
                    fmt::format("{}: the study's space varies it, so that no trial would have this value",
                                assignment.path));
    }
    builder_.apply(base_, assignment);
  }

  void apply_profile(const std::string& name) {
    auto found = std::ranges::find(study_.profiles, name, &Profile::name);
    if (found == study_.profiles.end()) {
      std::vector<std::string> known;
      for (const Profile& profile : study_.profiles) known.push_back(profile.name);
      const std::string names = known.empty() ? "none" : fmt::format("{}", fmt::join(known, ", "));
      problems_.add("--profile", fmt::format("the study has no profile '{}'{}\n   profiles: {}", name,
                                             did_you_mean(name, known), names));
      return;
    }
    for (Assignment assignment : found->point.outermost_first()) {
      assignment.setting.origin += fmt::format(" (profile {})", name);
      override_by(assignment);
    }
  }

  // Profiles that are not asked for are checked as well.
  void check_profiles() {
    for (const Profile& profile : study_.profiles) {
      if (profile.name == overrides_.profile) continue;
      json configuration = base_;
      for (const Assignment& assignment : profile.point.outermost_first())
        builder_.apply(configuration, assignment);
    }
  }

  void check_variant_names() {
    std::set<std::string> told;
    for (const Point& point : study_.points) {
      for (const Assignment& assignment : point) {
        if (!assignment.setting.is_variant() || !base_.contains(assignment.path) ||
            !told.insert(assignment.path).second)
          continue;
        problems_.add(assignment.setting.origin,
                      fmt::format("variants \"{}\": the model has a part of this name; expected another",
                                  assignment.path));
      }
    }
  }

  // The nearest thing above a path that has a place in the script.
  std::string place_of(const std::string& path, const Point& point) const {
    for (std::string above = path;; above = above.substr(0, above.rfind('.'))) {
      if (const Assignment* assigned = point.find(above)) return assigned->setting.origin;
      auto origin = builder_.origins().find(above);
      if (origin != builder_.origins().end() && origin->second != "default") return origin->second;
      if (above.find('.') == above.npos) return study_.origin;
    }
  }

  void check(const json& configuration, const Point& point) {
    check_configuration(configuration, registry_, cards_, at(point), problems_);
  }

  // An evaluation set-up that is not given is the card's: it becomes part of the configuration, and so of the
  // identity.
  void complete(json& configuration) const {
    json& overlap = configuration.at("data").at("overlap");
    if (overlap.is_null())
      overlap = cards_.data(configuration.at("data").at("name")).overlap == Overlap::removed ? "removed"
                                                                                             : "allowed";
  }

  // A path that a condition did not find among those that vary may be right, and the one that varies
  // misspelt.
  void settle() {
    const std::size_t before = problems_.size();
    std::vector<json> models{base_};
    for (const Point& point : study_.points) {
      for (const Assignment& assignment : point) {
        if (assignment.setting.kind.empty() || !builder_.find(base_, assignment.path)) continue;
        builder_.apply(models.emplace_back(base_), assignment);
      }
    }
    for (const Point& point : study_.points) {
      for (const Assignment& assignment : point) {
        const auto has = [&](const json& model) { return builder_.find(model, assignment.path).has_value(); };
        if (!assignment.setting.is_variant() && std::ranges::none_of(models, has))
          builder_.apply(base_, assignment);
      }
    }
    if (problems_.size() > before) return;
    for (const Problem& problem : study_.unsettled) problems_.add(problem.place, problem.message);
  }

  void add_rows() {
    if (study_.points.size() > kMostTrials || study_.ablations.size() > most_rows()) {
      return check_size(study_.points.size() + study_.ablations.size());
    }
    for (const Point& point : study_.points) {
      add_point(point);
      if (rows_.size() > most_rows()) return check_size(rows_.size());
    }
    add_ablations();
    check_size(rows_.size());
    if (rows_.empty() && is_whole(base_) && has_card()) scores_.add(base_, at({}), problems_);
    for (const Metric& metric : study_.metrics) scores_.check(metric, problems_, warnings_);
    if (study_.baseline) baseline_ = find_baseline(study_, rows_, base_, builder_, problems_);
  }

  bool has_card() const {
    const std::vector<std::string> names = cards_.data_names();
    return std::ranges::find(names, base_.at("data").at("name").get<std::string>()) != names.end();
  }

  void check_size(std::size_t rows) {
    if (rows <= most_rows()) return;
    problems_.add(study_.origin, fmt::format("the study has more than {} trials: {} rows or more × {} seeds",
                                             kMostTrials, rows, seeds().size()));
  }

  std::size_t most_rows() const { return kMostTrials / std::max<std::size_t>(seeds().size(), 1); }

  const std::vector<std::int64_t>& seeds() const {
    return overrides_.seeds ? *overrides_.seeds : study_.seeds;
  }

  std::function<std::string(const std::string&)> at(const Point& point) const {
    return [this, &point](const std::string& path) { return place_of(path, point); };
  }

  // Nothing if the point is wrong.
  std::optional<Row> row(const Point& point) {
    const std::size_t before = problems_.size();
    Row row;
    json configuration = base_;
    const Point changes = point.outermost_first();
    for (const Assignment& assignment : changes) {
      if (assignment.setting.is_variant())
        row.variants[assignment.path] = assignment.setting.id;
      else
        builder_.apply(configuration, assignment);
    }
    if (problems_.size() == before && !point.empty()) check(configuration, changes);
    if (problems_.size() > before || !base_is_whole_) return std::nullopt;
    scores_.add(configuration, at(changes), problems_);
    complete(configuration);
    json identity = identities_.identity(configuration);
    const std::string canonical = identities_.canonical(configuration, identity);
    if (rows_.size() < most_rows()) {  // else the study is refused, before its trials fill the memory
      for (std::int64_t seed : seeds()) row.trials.push_back(Identities::hash(canonical, seed));
    }
    row.key = sha256_of(canonical);
    row.configuration = std::move(configuration);
    row.identity = shared_identities_.try_emplace(identity.dump(), identity).first->second;
    return row;
  }

  void add_point(const Point& point) {
    std::optional<Row> made = row(point);
    if (!made) return;
    const auto [same, is_new] = places_.emplace(made->key, Place{rows_.size(), &point});
    if (is_new) return rows_.push_back(std::move(*made));
    const Row& first = rows_[same->second.row];
    for (const auto& [name, variant] : made->variants) {
      const auto other = first.variants.find(name);
      if (other == first.variants.end() || other->second == variant) continue;
      problems_.add(
          point.find(name)->setting.origin,
          fmt::format("variants: '{}' gives the same configuration as '{}'", variant, other->second));
    }
    if (*made->configuration == *first.configuration) warn_of_equal_values(*same->second.point, point);
  }

  // Values that are written otherwise and mean the same. (Values that are written alike are found when the
  // script is read; points of a union may be equal.)
  void warn_of_equal_values(const Point& first, const Point& second) {
    for (const Assignment& assignment : second) {
      const Assignment* other = first.find(assignment.path);
      if (!other || other->setting.is_variant() || text_of(other->setting) == text_of(assignment.setting))
        continue;
      warnings_.add(assignment.setting.origin,
                    fmt::format("{}: {} is the same as {}; equal ones make one row", assignment.path,
                                text_of(assignment.setting), text_of(other->setting)));
    }
  }

  void add_ablations() {
    if (study_.ablations.empty()) return;
    std::optional<Row> base = row({});
    std::map<std::string, std::string> names;
    std::vector<Row> ablated;
    for (const NamedPoint& entry : study_.ablations) {
      if (entry.name == "base" || entry.name == "base model") {
        problems_.add(
            entry.origin,
            fmt::format("ablate: '{}' is what tables call the unchanged model; give the entry another name",
                        entry.name));
      }
      std::optional<Row> made = row(entry.point);
      if (!made || !base) continue;
      if (made->key == base->key) {
        problems_.add(entry.origin,
                      fmt::format("ablate: '{}' changes nothing: the base model is so already", entry.name));
      }
      auto [same, is_new] = names.emplace(made->key, entry.name);
      if (!is_new)
        problems_.add(entry.origin, fmt::format("ablate: '{}' gives the same configuration as '{}'",
                                                entry.name, same->second));
      made->ablation = entry.name;
      made->changes = entry.point;
      ablated.push_back(std::move(*made));
    }
    if (base && places_.emplace(base->key, Place{}).second) rows_.push_back(std::move(*base));
    std::ranges::move(ablated, std::back_inserter(rows_));
  }

  std::vector<std::string> metric_paths() const {
    std::vector<std::string> paths;
    for (const Metric& metric : study_.metrics) paths.push_back(metric.path);
    return paths.empty() ? scores_.defaults(base_) : paths;
  }

  json factor_pairs(const Row& row) const {
    json pairs = json::array();
    auto add = [&](const std::string& path) {
      pairs.push_back({path, factor_value(row, study_.factors, path)});
    };
    if (row.ablation.empty())
      std::ranges::for_each(study_.factors, add);
    else
      std::ranges::for_each(row.changes, [&](const Assignment& change) { add(change.path); });
    return pairs;
  }

  // The base's origins; those of factors name their place in the space as well.
  json origins() const {
    json origins = builder_.origins();
    for (const std::string& path : study_.factors) {
      for (const Point& point : study_.points) {
        const Assignment* assigned = point.find(path);
        if (!assigned) continue;
        const std::string varied = "varied at " + assigned->setting.origin;
        origins[path] = origins.contains(path) ? origins[path].get<std::string>() + "; " + varied : varied;
        break;
      }
    }
    return origins;
  }

  Plan finish() {
    Plan plan{.study = study_.name,
              .question = study_.question,
              .script = study_.script,
              .arguments = arguments_of(overrides_),
              .factors = study_.factors};
    plan.seeds = seeds();
    plan.report = {baseline_, metric_paths()};
    plan.origins = origins();
    complete(base_);
    const std::string base = sha256_of(identities_.canonical(base_, identities_.identity(base_)));
    for (const Row& row : rows_) {
      const std::int64_t index = static_cast<std::int64_t>(plan.rows.size());
      plan.rows.push_back({row.ablation, factor_pairs(row), "", row.ablation.empty() && row.key == base});
      for (std::size_t i = 0; i < row.trials.size(); ++i) {
        plan.trials.push_back({row.trials[i], index, plan.seeds[i], row.configuration, row.identity});
      }
    }
    label_rows(plan.rows, plan.factors);
    check_labels(plan);
    for (const Problem& warning : study_.warnings) warnings_.add(warning.place, warning.message);
    plan.warnings = warnings_.take();
    condense(plan.warnings);
    return plan;
  }

  // What tables call an ablation nothing else may be called.
  void check_labels(const Plan& plan) {
    std::map<std::string, std::string> labels;
    for (const PlanRow& row : plan.rows) {
      if (row.ablation.empty()) labels.emplace(row.label, row.label);
    }
    for (const NamedPoint& entry : study_.ablations) {
      if (!labels.contains(entry.name)) continue;
      problems_.add(
          entry.origin,
          fmt::format("ablate: '{}' is the name of another row; give the entry another name", entry.name));
    }
    problems_.throw_if_any();
  }

  // A row of the space by its key.
  struct Place {
    std::size_t row = 0;
    const Point* point = nullptr;
  };

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
  ScoreChecks scores_;
  Problems warnings_;
  std::vector<Row> rows_;
  std::map<std::string, Place> places_;
  std::map<std::string, SharedJson> shared_identities_;
};

}  // namespace

Plan resolve(const Study& study, const Registry& registry, const CardIndex& cards,
             const Overrides& overrides) {
  return Resolver(study, registry, cards, overrides).run();
}

}  // namespace spanlab
