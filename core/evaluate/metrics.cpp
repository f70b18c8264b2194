// SPDX-License-Identifier: MIT
#include "evaluate/metrics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <tuple>

#include "evaluate/span_scores.hpp"
#include "spanlab/error.hpp"

namespace spanlab {
namespace {

/// An item that counts: the words it covers, the entity types where they matter, and the type that it is
/// counted under.
using Item = std::tuple<Entity, Entity, std::int32_t>;
using Items = std::vector<Item>;  // sorted, each once: an untrained model predicts hundreds in a sentence

enum class EntityTypes { ignored, compared };

struct Counts {
  std::int64_t correct = 0;
  std::int64_t predicted = 0;
  std::int64_t gold = 0;
};

Items sorted(Items items) {
  std::ranges::sort(items);
  const auto rest = std::ranges::unique(items);
  items.erase(rest.begin(), rest.end());
  return items;
}

// Whether each of the sorted, different entities overlaps another one.
std::vector<bool> overlapped(const Items& items) {
  const auto span = [&](std::size_t i) { return std::get<0>(items[i]).span; };
  std::vector<bool> found(items.size(), false);
  std::int32_t furthest = 0;  // end of those that begin before
  for (std::size_t i = 0; i < items.size(); ++i) {
    found[i] = furthest > span(i).begin || (i + 1 < items.size() && span(i + 1).begin < span(i).end);
    furthest = std::max(furthest, span(i).end);
  }
  return found;
}

Items entity_items(const Annotation& annotation, Overlap overlaps) {
  Items items;
  for (const Entity& entity : annotation.entities) items.emplace_back(entity, Entity{}, entity.type);
  items = sorted(std::move(items));
  if (overlaps == Overlap::allowed) return items;
  const std::vector<bool> dropped = overlapped(items);
  Items apart;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!dropped[i]) apart.push_back(items[i]);
  }
  return apart;
}

Items relation_items(const Annotation& annotation, const Inventory& inventory, Overlap overlaps,
                     EntityTypes types) {
  Items items;
  for (const Relation& relation : annotation.relations) {
    Entity head = annotation.entities.at(relation.head);
    Entity tail = annotation.entities.at(relation.tail);
    if (overlaps == Overlap::removed && head != tail && overlap(head.span, tail.span)) continue;
    if (inventory.relations.at(relation.type).symmetric && tail.span.begin < head.span.begin)
      std::swap(head, tail);
    if (types == EntityTypes::ignored) head.type = tail.type = 0;
    items.emplace_back(head, tail, relation.type);
  }
  return sorted(std::move(items));
}

void count(const Items& gold, const Items& predicted, std::vector<Counts>& counts) {
  for (const Item& item : gold) ++counts.at(std::get<2>(item)).gold;
  for (const Item& item : predicted) {
    Counts& type = counts.at(std::get<2>(item));
    ++type.predicted;
    if (std::ranges::binary_search(gold, item)) ++type.correct;
  }
}

Score score_of(const Counts& counts) {
  return {percent(counts.correct, counts.predicted), percent(counts.correct, counts.gold),
          percent(2 * counts.correct, counts.predicted + counts.gold), counts.gold};
}

/// Micro: of the summed counts. Macro: mean over the types that occur, F1 as the mean of their F1s.
ScoreTable table_of(const std::vector<Counts>& counts, const std::vector<LabelType>& types) {
  ScoreTable table;
  Counts sum;
  for (std::size_t type = 0; type < counts.size(); ++type) {
    if (counts[type].gold == 0 && counts[type].predicted == 0) continue;
    table.per_type[types[type].name] = score_of(counts[type]);
    sum.correct += counts[type].correct;
    sum.predicted += counts[type].predicted;
    sum.gold += counts[type].gold;
  }
  table.micro = score_of(sum);
  table.macro.support = sum.gold;
  for (const auto& [name, score] : table.per_type) {
    double share = 1.0 / static_cast<double>(table.per_type.size());
    table.macro.precision += share * score.precision;
    table.macro.recall += share * score.recall;
    table.macro.f1 += share * score.f1;
  }
  return table;
}

nlohmann::json to_json(const Score& score) {
  return {
      {"precision", score.precision}, {"recall", score.recall}, {"f1", score.f1}, {"support", score.support}};
}

nlohmann::json to_json(const ScoreTable& table) {
  nlohmann::json per_type = nlohmann::json::object();
  for (const auto& [name, score] : table.per_type) per_type[name] = to_json(score);
  return {{"micro", to_json(table.micro)}, {"macro", to_json(table.macro)}, {"per_type", per_type}};
}

constexpr std::array kTables{"entity", "relation.boundary", "relation.strict"};
constexpr std::array kMeasures{"f1", "precision", "recall", "support"};

/// The three parts of a score path; `average` may be `per_type.NAME`, whose name may hold dots.
struct ScorePath {
  std::string table, average, measure;
};

std::optional<ScorePath> parse(std::string_view path) {
  auto dot = path.rfind('.');
  if (dot == path.npos) return {};
  std::string_view before = path.substr(0, dot);
  std::string_view measure = path.substr(dot + 1);
  if (std::ranges::find(kMeasures, measure) == kMeasures.end()) return {};
  for (std::string_view table : kTables) {
    if (before == table) return ScorePath{std::string(table), "micro", std::string(measure)};
    if (!before.starts_with(table) || before[table.size()] != '.') continue;
    std::string_view average = before.substr(table.size() + 1);
    bool of_type = average.starts_with("per_type.") && average.size() > std::string_view("per_type.").size();
    if (average == "micro" || average == "macro" || of_type) {
      return ScorePath{std::string(table), std::string(average), std::string(measure)};
    }
  }
  return {};
}

std::vector<std::string> known_paths() {
  std::vector<std::string> paths;
  for (std::string table : kTables) {
    for (std::string average : {"", ".macro", ".micro"}) {
      for (std::string measure : kMeasures) paths.push_back(table + average + "." + measure);
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

nlohmann::json::json_pointer pointer_to(std::string_view dotted) {
  nlohmann::json::json_pointer pointer;
  for (std::size_t begin = 0, end; begin <= dotted.size(); begin = end + 1) {
    end = std::min(dotted.find('.', begin), dotted.size());
    pointer /= std::string(dotted.substr(begin, end - begin));
  }
  return pointer;
}

double number_at(const nlohmann::json& scores, const nlohmann::json::json_pointer& pointer,
                 std::string_view path) {
  if (scores.contains(pointer) && scores.at(pointer).is_number()) return scores.at(pointer).get<double>();
  throw Error(ErrorKind::usage, std::string(path), "these scores do not hold it");
}

ScorePath parse_or_throw(std::string_view path) {
  if (auto parsed = parse(path)) return *parsed;
  std::string hint = did_you_mean(path, known_paths());
  const std::string_view relation = "relation";
  if (std::string rest(path.starts_with(relation) ? path.substr(relation.size()) : "");
      parse("relation.strict" + rest)) {
    hint = fmt::format("; name the set-up: 'relation.strict{}' or 'relation.boundary{}'", rest, rest);
  }
  throw Error(ErrorKind::usage, std::string(path),
              "not a score; expected entity, relation.boundary or relation.strict, then micro, macro or "
              "per_type.TYPE (micro may be "
              "left out), then f1, precision, recall or support; or spans, then one of these or "
              "false_positives.iou_50.rate" +
                  hint);
}

}  // namespace

Scores score(std::span<const Annotation> gold, std::span<const Annotation> predicted,
             const Inventory& inventory, Overlap overlaps) {
  if (gold.size() != predicted.size()) {
    throw Error(ErrorKind::data, "",
                fmt::format("{} sentences in gold, {} in the predictions", gold.size(), predicted.size()));
  }
  std::vector<Counts> entity(inventory.entities.size());
  std::vector<Counts> boundary(inventory.relations.size());
  std::vector<Counts> strict(inventory.relations.size());
  for (std::size_t i = 0; i < gold.size(); ++i) {
    count(entity_items(gold[i], overlaps), entity_items(predicted[i], overlaps), entity);
    count(relation_items(gold[i], inventory, overlaps, EntityTypes::ignored),
          relation_items(predicted[i], inventory, overlaps, EntityTypes::ignored), boundary);
    count(relation_items(gold[i], inventory, overlaps, EntityTypes::compared),
          relation_items(predicted[i], inventory, overlaps, EntityTypes::compared), strict);
  }
  return {table_of(entity, inventory.entities), table_of(boundary, inventory.relations),
          table_of(strict, inventory.relations)};
}

nlohmann::json to_json(const Scores& scores) {
  return {{"entity", to_json(scores.entity)},
          {"relation",
           {{"boundary", to_json(scores.relation_boundary)}, {"strict", to_json(scores.relation_strict)}}}};
}

std::string full_score_path(std::string_view path, std::span<const std::string> groups) {
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
  ScorePath parts = parse_or_throw(path);
  return parts.table + "." + parts.average + "." + parts.measure;
}

double score_at(const nlohmann::json& scores, std::string_view path) {
  // A group may be called `entity`, as a task is: what is grouped has scores of entities below each name.
  const std::string first(path.substr(0, path.find('.')));
  const bool below = first.size() < path.size() && scores.contains(first) && scores.at(first).is_object();
  const bool grouped = below && scores.at(first).contains("entity");
  if (grouped) return score_at(scores.at(first), path.substr(first.size() + 1));
  if (is_span_score(path)) return number_at(scores, pointer_to(path), path);
  ScorePath parts = parse_or_throw(path);
  nlohmann::json::json_pointer pointer = pointer_to(parts.table);
  const std::string_view per_type = "per_type.";
  bool of_type = parts.average.starts_with(per_type);
  pointer /= of_type ? "per_type" : parts.average;
  std::string type = of_type ? parts.average.substr(per_type.size()) : "";
  if (of_type) {
    std::vector<std::string> known;
    if (scores.contains(pointer)) {
      for (const auto& [name, score] : scores.at(pointer).items()) known.push_back(name);
    }
    pointer /= type;
    if (!scores.contains(pointer)) {
      throw Error(ErrorKind::usage, std::string(path),
                  "no such type among these scores" + did_you_mean(type, known));
    }
  }
  return number_at(scores, pointer / parts.measure, path);
}

}  // namespace spanlab
