// SPDX-License-Identifier: MIT
#include "evaluate/score_path.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <vector>

#include "evaluate/span_scores.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host {
namespace {

constexpr std::array<std::string_view, 3> kScoreTables{"entity", "relation.boundary", "relation.strict"};
constexpr std::array<std::string_view, 4> kMeasures{"f1", "precision", "recall", "support"};
constexpr std::string_view kPerType = "per_type.";  // a type's name may hold dots

/// The parts of a score path.
struct TablePath {
  std::string table;
  AverageMeasure rest;
};

std::optional<TablePath> table_path(std::string_view path) {
  for (const std::string_view table : kScoreTables) {
    if (!path.starts_with(table) || path.size() <= table.size() || path[table.size()] != '.') continue;
    if (const auto rest = average_measure(path.substr(table.size() + 1)))
      return TablePath{std::string(table), *rest};
  }
  return {};
}

std::vector<std::string> known_paths() {
  std::vector<std::string> paths;
  for (const std::string_view table : kScoreTables) {
    for (const char* average : {"", ".macro", ".micro"}) {
      for (const std::string_view measure : kMeasures)
        paths.push_back(fmt::format("{}{}.{}", table, average, measure));
    }
  }
  const std::vector<std::string> spans = span_score_paths();
  paths.insert(paths.end(), spans.begin(), spans.end());
  return paths;
}

bool is_span_score(std::string_view path) {
  const std::vector<std::string> known = span_score_paths();
  return std::ranges::find(known, path) != known.end();
}

Error not_a_score(std::string_view path) {
  std::string hint = did_you_mean(path, known_paths());
  constexpr std::string_view kRelation = "relation";
  const std::string rest(path.starts_with(kRelation) ? path.substr(kRelation.size()) : "");
  if (table_path("relation.strict" + rest)) {
    hint = fmt::format("; name the set-up: 'relation.strict{}' or 'relation.boundary{}'", rest, rest);
  }
  return Error(ErrorKind::usage, std::string(path),
               "not a score; expected entity, relation.boundary or relation.strict, then micro, macro or "
               "per_type.TYPE (micro may be left out), then f1, precision, recall or support; or spans, then "
               "one of these or false_positives.iou_50.rate" +
                   hint);
}

void add_parts(std::string_view dotted, std::vector<std::string>& parts) {
  for (std::size_t begin = 0, end; begin <= dotted.size(); begin = end + 1) {
    end = std::min(dotted.find('.', begin), dotted.size());
    parts.emplace_back(dotted.substr(begin, end - begin));
  }
}

/// The parts of a path of scores that are not grouped; nothing if it is no such path.
std::optional<std::vector<std::string>> parts_of(std::string_view path) {
  std::vector<std::string> parts;
  if (is_span_score(path)) {
    add_parts(path, parts);
    return parts;
  }
  const std::optional<TablePath> of_table = table_path(path);
  if (!of_table) return {};
  add_parts(of_table->table, parts);
  parts.push_back(of_table->rest.average);
  if (!of_table->rest.type.empty()) parts.push_back(of_table->rest.type);
  parts.push_back(of_table->rest.measure);
  return parts;
}

// The number at these very parts.
std::optional<double> number_at(const ScoreTree* place, std::span<const std::string> parts) {
  for (const std::string& part : parts) {
    place = place->find(part);
    if (!place) return std::nullopt;
  }
  return place->number();
}

/// What follows the first part of a path.
std::string_view after_first(std::string_view path) {
  const std::size_t dot = path.find('.');
  return dot == path.npos ? std::string_view() : path.substr(dot + 1);
}

}  // namespace

std::optional<AverageMeasure> average_measure(std::string_view text) {
  const std::size_t dot = text.rfind('.');
  const std::string_view average = dot == text.npos ? "micro" : text.substr(0, dot);
  const std::string_view measure = dot == text.npos ? text : text.substr(dot + 1);
  if (std::ranges::find(kMeasures, measure) == kMeasures.end()) return {};
  if (average == "micro" || average == "macro")
    return AverageMeasure{std::string(average), "", std::string(measure)};
  if (!average.starts_with(kPerType) || average.size() == kPerType.size()) return {};
  return AverageMeasure{"per_type", std::string(average.substr(kPerType.size())), std::string(measure)};
}

bool is_recorded(std::string_view path) {
  std::vector<std::string> parts;
  add_parts(path, parts);
  return parts.size() > 2 && parts.front() == kRecorded && std::ranges::find(parts, "") == parts.end();
}

std::string full_score_path(std::string_view path, std::span<const std::string> groups) {
  if (is_recorded(path)) return std::string(path);
  if (!groups.empty()) {
    const std::string group(path.substr(0, path.find('.')));
    if (std::ranges::find(groups, group) != groups.end() && group.size() < path.size()) {
      return group + "." + full_score_path(path.substr(group.size() + 1));
    }
    throw Error(
        ErrorKind::usage, std::string(path),
        fmt::format(
            "scores of this study are grouped: expected one of {} before the score, as in '{}.entity.f1'{}",
            fmt::join(groups, ", "), groups.front(), did_you_mean(group, {groups.begin(), groups.end()})));
  }
  if (is_span_score(path)) return std::string(path);
  const std::optional<TablePath> parts = table_path(path);
  if (!parts) throw not_a_score(path);
  const AverageMeasure& rest = parts->rest;
  const std::string type = rest.type.empty() ? "" : rest.type + ".";
  return fmt::format("{}.{}.{}{}", parts->table, rest.average, type, rest.measure);
}

std::optional<double> find_score(const ScoreTree& scores, std::string_view path) {
  if (is_recorded(path)) {
    std::vector<std::string> parts;
    add_parts(path, parts);
    return number_at(&scores, parts);
  }
  // A group may be called `entity`, as a task is: what is grouped has scores of entities below each name.
  const std::string_view rest = after_first(path);
  const ScoreTree* group = scores.find(path.substr(0, path.find('.')));
  const bool grouped = group && group->find("entity");
  const auto parts = parts_of(grouped ? rest : path);
  if (!parts) {
    if (!parts_of(path) && !parts_of(rest)) throw not_a_score(path);
    return std::nullopt;  // one of scores that are grouped where these are not, or the other way round
  }
  return number_at(grouped ? group : &scores, *parts);
}

}  // namespace spanlab::host
