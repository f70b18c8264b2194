// SPDX-License-Identifier: MIT
#include "study/score_checks.hpp"

#include "data/dataset.hpp"
#include "evaluate/score_path.hpp"

namespace spanlab::host {

namespace {

std::vector<std::string> names_of(const std::vector<LabelType>& types) {
  std::vector<std::string> names;
  for (const LabelType& type : types) names.push_back(type.name);
  return names;
}

void add_names(std::vector<LabelType>& types, const std::vector<LabelType>& more) {
  for (const LabelType& type : more) {
    if (std::ranges::find(types, type.name, &LabelType::name) == types.end()) types.push_back(type);
  }
}

// The one of two tasks of one group whose scores are not called by its view.
const SpanTask& to_rename(const SpanTask& first, const SpanTask& second, const std::string& group) {
  return first.name == group ? first : second;
}

void check_groups(const std::vector<SpanTask>& tasks, const std::vector<std::string>& groups,
                  const PlaceOf& place_of, Problems& problems) {
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const auto other =
        std::ranges::find(groups.begin(), groups.begin() + static_cast<std::ptrdiff_t>(i), groups[i]) -
        groups.begin();
    const bool is_union = groups[i] == kUnion && has_union(tasks);
    if (static_cast<std::size_t>(other) == i && !is_union) continue;
    const SpanTask& task =
        is_union ? tasks[i] : to_rename(tasks[static_cast<std::size_t>(other)], tasks[i], groups[i]);
    const std::string what = is_union ? "all views together" : fmt::format("the view '{}'", groups[i]);
    problems.add(
        place_of(task.name),
        fmt::format("task '{}': its scores and predictions would take the place of those of {}, which have "
                    "this name; give the task another",
                    task.name, what));
  }
}

}  // namespace

ScoreChecks::Types ScoreChecks::types_of(const DataCard& card, const std::string& view) {
  const auto place = std::ranges::find(card.views, view) - card.views.begin();
  if (!card.types) {
    const auto number = static_cast<std::size_t>(place);
    return number < card.inventories.size() ? Types(card.inventories[number]) : std::nullopt;
  }
  auto [found, is_new] = read_.emplace(card.name, std::nullopt);
  if (!is_new) return found->second;
  try {
    found->second = read_types(cards_.folder(card) / card.types->path);
  } catch (const Error&) {
    // Planning needs the card alone. What is wrong with the file is told by whoever needs the file.
  }
  return found->second;
}

void ScoreChecks::add(const Configuration& configuration, const PlaceOf& place_of, Problems& problems) {
  const DataCard& card = cards_.data(configuration.data.name);
  each_component(configuration,
                 [&](const std::string& place, const ComponentSetting&) { places_.insert(place); });
  const std::vector<SpanTask> tasks = span_tasks(configuration);
  std::vector<std::string> key{card.name};
  for (const SpanTask& task : tasks) key.insert(key.end(), {task.name, task.view});
  auto [found, is_new] = shapes_.emplace(std::move(key), Shape{.data = card.name});
  if (!is_new || tasks.empty()) return;
  Shape& shape = found->second;
  const std::vector<std::string> groups = score_groups(tasks, card.views.size());
  check_groups(tasks, groups, place_of, problems);
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    if (!groups[i].empty()) shape.groups.push_back(groups[i]);
    shape.types[groups[i]] = types_of(card, tasks[i].view);
  }
  shape.present = shape.groups.size();
  for (const std::string& view : card.views) {
    if (card.views.size() > 1 && std::ranges::find(tasks, view, &SpanTask::view) == tasks.end())
      shape.groups.push_back(view);
  }
  if (card.views.size() > 1 && !has_union(tasks)) shape.groups.emplace_back(kUnion);
  if (!has_union(tasks)) return;
  shape.groups.insert(shape.groups.begin() + static_cast<std::ptrdiff_t>(shape.present++),
                      std::string(kUnion));
  Inventory all;
  for (const auto& [group, types] : shape.types) {
    if (!types) return;
    add_names(all.entities, types->entities);
    add_names(all.relations, types->relations);
  }
  shape.types[std::string(kUnion)] = all;
}

std::optional<std::string> ScoreChecks::problem_of(const Metric& metric, const Shape& shape) const {
  std::string path;
  try {
    path = full_score_path(metric.path, shape.groups);
  } catch (const Error& error) {
    return error.problems().front().message;
  }
  const std::string group = shape.groups.empty() ? "" : path.substr(0, path.find('.'));
  if (!group.empty()) path.erase(0, group.size() + 1);
  const std::string mark = ".per_type.";
  const std::size_t begin = path.find(mark);
  const auto known = shape.types.find(group);
  if (begin == path.npos || known == shape.types.end() || !known->second) return std::nullopt;
  const std::string type = path.substr(begin + mark.size(), path.rfind('.') - begin - mark.size());
  const bool of_entities = path.starts_with("entity.");
  const std::vector<std::string> types =
      names_of(of_entities ? known->second->entities : known->second->relations);
  if (std::ranges::find(types, type) != types.end()) return std::nullopt;
  return fmt::format("data set '{}' has no {} type '{}'{}\n   types: {}", shape.data,
                     of_entities ? "entity" : "relation", type, did_you_mean(type, types),
                     fmt::join(types, ", "));
}

// What a component will record only it knows; where it stands is known.
void ScoreChecks::check_recorded(const Metric& metric, Problems& problems) const {
  const std::string path = metric.path.substr(kRecorded.size() + 1);
  const std::string place = path.substr(0, path.rfind('.'));
  const auto is_in = [&](const std::string& known) { return (place + '.').starts_with(known + '.'); };
  if (std::ranges::any_of(places_, is_in)) return;
  const std::vector<std::string> known(places_.begin(), places_.end());
  problems.add(metric.origin,
               fmt::format("metrics: {}: no component stands at '{}'{}\n   places: {}", metric.path, place,
                           did_you_mean(place, known), fmt::join(known, ", ")));
}

void ScoreChecks::check(const Metric& metric, Problems& problems, Problems& warnings) const {
  if (is_recorded(metric.path)) return check_recorded(metric, problems);
  std::optional<std::string> first;
  bool fits = false;
  for (const auto& [key, shape] : shapes_) {
    const std::optional<std::string> problem = problem_of(metric, shape);
    const auto absent = shape.groups.begin() + static_cast<std::ptrdiff_t>(shape.present);
    if (!problem && std::find(absent, shape.groups.end(), metric.path.substr(0, metric.path.find('.'))) ==
                        shape.groups.end())
      return;
    fits = fits || !problem;
    if (problem && !first) first = problem;
  }
  if (fits)
    warnings.add(metric.origin,
                 fmt::format("metrics: {}: no task learns that view, so that no trial will have this score",
                             metric.path));
  else if (first)
    problems.add(metric.origin, fmt::format("metrics: {}: {}", metric.path, *first));
}

std::vector<std::string> ScoreChecks::defaults(const Configuration& configuration) const {
  const DataCard& card = cards_.data(configuration.data.name);
  const std::vector<std::string> groups = score_groups(span_tasks(configuration), card.views.size());
  // The first view's, if there are such scores.
  const auto of_view = std::ranges::find_first_of(card.views, groups);
  const std::string group = of_view != card.views.end() ? *of_view : groups.empty() ? "" : groups.front();
  const std::string prefix = group.empty() ? "" : group + ".";
  std::vector<std::string> paths{prefix + "entity.f1"};
  const auto builds_on_spans = [](const auto& task) { return !task.second.spans.empty(); };
  if (std::ranges::any_of(configuration.tasks, builds_on_spans)) {
    paths.push_back(fmt::format("{}relation.{}.f1", prefix, card.primary.empty() ? "strict" : card.primary));
  }
  return paths;
}

}  // namespace spanlab::host
