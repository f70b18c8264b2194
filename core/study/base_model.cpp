// SPDX-License-Identifier: MIT
#include "study/base_model.hpp"

#include <algorithm>
#include <set>

#include "study/set_option.hpp"

namespace spanlab::host {

BaseModel::BaseModel(const Study& study, const Registry& registry, const CardIndex& cards,
                     const Overrides& overrides, Problems& problems)
    : study_(study), registry_(registry), cards_(cards), problems_(problems), builder_(registry, problems) {
  const std::size_t before = problems_.size();
  configuration_ = builder_.build(study_.base);
  if (configuration_.tasks.empty() && problems_.empty()) {
    problems_.add(study_.origin, "the model has no task");
  }
  override_by_command_line(overrides);
  take_first_fold();
  builder_.keep_origins();
  check(configuration_, {});
  is_whole_ = problems_.size() == before && configuration_.is_whole();
  check_profiles(overrides);
  check_variant_names();
}

void BaseModel::override_by_command_line(const Overrides& overrides) {
  if (overrides.profile) apply_profile(*overrides.profile);
  for (const std::string& text : overrides.set) {
    if (auto assignment = read_set_option(text, configuration_, builder_, problems_))
      override_by(*assignment);
  }
  if (overrides.limit) override_by({"data.limit", {.origin = "--limit", .value = *overrides.limit}});
}

void BaseModel::override_by(const Assignment& assignment) {
  const auto assigns = [&](const Point& point) { return point.find(assignment.path) != nullptr; };
  if (std::ranges::any_of(study_.points, assigns)) {
    problems_.add(assignment.setting.origin,
                  fmt::format("{}: the study's space varies it, so that no trial would have this value",
                              assignment.path));
  }
  builder_.apply(configuration_, assignment);
}

void BaseModel::apply_profile(const std::string& name) {
  const auto found = std::ranges::find(study_.profiles, name, &Profile::name);
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

// Of data with folds there is no base without one: where the space varies it and the base names none, the
// first is the base's.
void BaseModel::take_first_fold() {
  if (configuration_.data.name.empty() || configuration_.data.fold) return;
  for (const Point& point : study_.points) {
    if (const Assignment* assigned = point.find("data.fold"))
      return builder_.apply(configuration_, *assigned);
  }
}

// Profiles that are not asked for are checked as well.
void BaseModel::check_profiles(const Overrides& overrides) {
  for (const Profile& profile : study_.profiles) {
    if (profile.name == overrides.profile) continue;
    Configuration changed = configuration_;
    for (const Assignment& assignment : profile.point.outermost_first()) builder_.apply(changed, assignment);
  }
}

void BaseModel::check_variant_names() {
  const std::vector<std::string> parts = names_below(configuration_, Path());
  std::set<std::string> told;
  for (const Point& point : study_.points) {
    for (const Assignment& assignment : point) {
      const bool clashes = std::ranges::find(parts, assignment.path) != parts.end();
      if (!assignment.setting.is_variant() || !clashes || !told.insert(assignment.path).second) continue;
      problems_.add(assignment.setting.origin,
                    fmt::format("variants \"{}\": the model has a part of this name; expected another",
                                assignment.path));
    }
  }
}

void BaseModel::check(const Configuration& configuration, const Point& point) {
  check_configuration(configuration, registry_, cards_, place_of(point), problems_);
}

PlaceOf BaseModel::place_of(const Point& point) const {
  return [this, &point](const std::string& path) {
    for (Path above = Path::parse(path); !above.empty(); above = above.above()) {
      const std::string text = above.text();
      if (const Assignment* assigned = point.find(text)) return assigned->setting.origin;
      const auto origin = builder_.origins().find(text);
      if (origin != builder_.origins().end() && origin->second != "default") return origin->second;
    }
    return study_.origin;
  };
}

std::map<std::string, Origin> BaseModel::origins() const {
  std::map<std::string, Origin> origins = builder_.origins();
  for (const std::string& path : study_.factors) {
    for (const Point& point : study_.points) {
      const Assignment* assigned = point.find(path);
      if (!assigned) continue;
      std::string& origin = origins[path];
      origin += (origin.empty() ? "varied at " : "; varied at ") + assigned->setting.origin;
      break;
    }
  }
  return origins;
}

}  // namespace spanlab::host
