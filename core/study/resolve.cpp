// SPDX-License-Identifier: MIT
#include "study/resolve.hpp"

#include <algorithm>
#include <set>

#include "files/checksum.hpp"
#include "sdk/problem_list.hpp"
#include "settings/configuration_json.hpp"
#include "store/labels.hpp"
#include "study/base_model.hpp"
#include "study/baseline.hpp"
#include "study/report_names.hpp"
#include "study/rows.hpp"

namespace spanlab::host {

using nlohmann::json;

namespace {

constexpr std::size_t kLongestPart = 60;

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

// What every file system, shell and table takes as it is.
bool is_plain(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) ||
         std::string_view("._-+").find(c) != std::string_view::npos;
}

// What a plan is called that is not the whole study: by what the command line has instead of the script's
// values. What does not fit a name is told apart by its sum.
std::string part_name(const Overrides& overrides) {
  std::vector<std::string> words;
  if (overrides.profile) words.push_back(*overrides.profile);
  if (overrides.limit) words.push_back(fmt::format("limit-{}", *overrides.limit));
  if (overrides.seeds) words.push_back(fmt::format("seeds-{}", fmt::join(*overrides.seeds, "-")));
  for (const std::string& set : overrides.set) words.push_back(set);
  if (words.empty()) return "";
  const std::string text = fmt::format("{}", fmt::join(words, "+"));
  std::string name = text;
  std::ranges::replace(name, '=', '-');
  const bool fits = std::ranges::all_of(name, is_plain) && name.size() <= kLongestPart;
  // A profile could be called what another option is: these are told apart, too.
  const bool clear = !overrides.profile ||
                     (!overrides.profile->starts_with("limit-") && !overrides.profile->starts_with("seeds-"));
  if (fits && clear && name.front() != '.' && name != kWholeStudy) return name;
  std::ranges::replace_if(name, [](char c) { return !is_plain(c); }, '-');
  if (name.front() == '.') name.front() = '-';
  return fmt::format("{}-{}", name.substr(0, kLongestPart), sha256_of(text).substr(0, 8));
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

Problems problems_of(const Study& study) {
  Problems problems;
  for (const Problem& problem : study.problems) problems.add(problem.place, problem.message);
  return problems;
}

class Resolver {
 public:
  Resolver(const Study& study, const Registry& registry, const CardIndex& cards, const Overrides& overrides)
      : study_(with_profile(study, overrides.profile)),
        seeds_(overrides.seeds ? *overrides.seeds : study_.seeds),
        arguments_(arguments_of(overrides)),
        part_(part_name(overrides)),
        problems_(problems_of(study)),
        base_(study_, registry, cards, overrides, problems_),
        identities_(registry, cards, overrides.device),
        scores_(cards),
        factors_(study_.factors, registry),
        rows_(study_, seeds_, base_, identities_, scores_, problems_, warnings_) {}

  Plan run() {
    if (study_.unsettled.empty())
      lay_out();
    else
      settle();
    problems_.throw_if_any();
    return finish();
  }

 private:
  void lay_out() {
    rows_.add_all();
    const Configuration& base = base_.configuration();
    if (rows_.list().empty() && base.is_whole() && has_card())
      scores_.add(base, base_.place_of({}), problems_);
    for (const Metric& metric : study_.metrics) scores_.check(metric, problems_, warnings_);
    if (study_.baseline) {
      baseline_ = find_baseline(*study_.baseline, rows_.list(), factors_, base_, problems_);
    }
  }

  bool has_card() const {
    const std::vector<std::string> names = base_.cards().data_names();
    return std::ranges::find(names, base_.configuration().data.name) != names.end();
  }

  // A path that a condition did not find among those that vary may be right, and the one that varies
  // misspelt.
  void settle() {
    const std::size_t before = problems_.size();
    const std::vector<Configuration> models = models_of_points();
    for (const Point& point : study_.points) {
      for (const Assignment& assignment : point) {
        const auto has = [&](const Configuration& model) {
          return base_.builder().find(model, assignment.path).has_value();
        };
        if (assignment.setting.is_variant() || std::ranges::any_of(models, has)) continue;
        Configuration model = base_.configuration();
        base_.builder().apply(model, assignment);
      }
    }
    if (problems_.size() > before) return;
    for (const Problem& problem : study_.unsettled) problems_.add(problem.place, problem.message);
  }

  // The base model, and what it becomes by each component that a point puts into it.
  std::vector<Configuration> models_of_points() {
    std::vector<Configuration> models{base_.configuration()};
    for (const Point& point : study_.points) {
      for (const Assignment& assignment : point) {
        if (assignment.setting.kind.empty()) continue;
        if (!base_.builder().find(base_.configuration(), assignment.path)) continue;
        base_.builder().apply(models.emplace_back(base_.configuration()), assignment);
      }
    }
    return models;
  }

  std::vector<std::string> metric_paths() const {
    std::vector<std::string> paths;
    for (const Metric& metric : study_.metrics) paths.push_back(metric.path);
    return paths.empty() ? scores_.defaults(base_.configuration()) : paths;
  }

  json factor_pairs(const Row& row) const {
    json pairs = json::array();
    auto add = [&](const std::string& path) { pairs.push_back({path, *factors_.value(row, path)}); };
    if (row.ablation.empty())
      std::ranges::for_each(study_.factors, add);
    else
      std::ranges::for_each(row.changes, [&](const Assignment& change) { add(change.path); });
    return pairs;
  }

  void add_rows(Plan& plan) {
    const std::string base = rows_.key_of(base_.configuration());
    std::vector<Row> rows = rows_.take();
    for (Row& row : rows) {
      const auto index = static_cast<std::int64_t>(plan.rows.size());
      const SharedJson configuration = to_json(*row.configuration);
      plan.rows.push_back({row.ablation, factor_pairs(row), "", row.ablation.empty() && row.key == base});
      row.configuration.reset();  // of a plan of many rows, not all are there in two forms
      for (std::size_t i = 0; i < row.trials.size(); ++i) {
        plan.trials.push_back({row.trials[i], index, plan.seeds[i], configuration, row.identity});
      }
    }
  }

  Plan finish() {
    Plan plan{.study = part_.empty() ? study_.name : study_.name + "/" + part_,
              .question = study_.question,
              .script = study_.script,
              .arguments = arguments_,
              .factors = study_.factors};
    plan.seeds = seeds_;
    plan.report = study_.report;
    plan.report.baseline = *baseline_;
    plan.report.metrics = metric_paths();
    plan.origins = base_.origins();
    add_rows(plan);
    label_rows(plan.rows, plan.factors);
    check_labels(plan);
    add_names(study_, plan, problems_);
    problems_.throw_if_any();
    for (const Problem& warning : study_.warnings) warnings_.add(warning.place, warning.message);
    plan.warnings = warnings_.take();
    condense(plan.warnings);
    return plan;
  }

  // What tables call an ablation nothing else may be called.
  void check_labels(const Plan& plan) {
    std::set<std::string> labels;
    for (const PlanRow& row : plan.rows) {
      if (row.ablation.empty()) labels.insert(row.label);
    }
    for (const NamedPoint& entry : study_.ablations) {
      if (!labels.contains(entry.name)) continue;
      problems_.add(
          entry.origin,
          fmt::format("ablate: '{}' is the name of another row; give the entry another name", entry.name));
    }
    problems_.throw_if_any();
  }

  const Study study_;
  const std::vector<std::int64_t> seeds_;
  const std::vector<std::string> arguments_;
  const std::string part_;
  Problems problems_;
  Problems warnings_;
  BaseModel base_;
  Identities identities_;
  ScoreChecks scores_;
  Factors factors_;
  Rows rows_;
  SharedJson baseline_;
};

}  // namespace

Plan resolve(const Study& study, const Registry& registry, const CardIndex& cards,
             const Overrides& overrides) {
  return Resolver(study, registry, cards, overrides).run();
}

}  // namespace spanlab::host
