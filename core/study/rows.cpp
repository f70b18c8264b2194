// SPDX-License-Identifier: MIT
#include "study/rows.hpp"

#include <algorithm>

#include "data/card.hpp"
#include "files/checksum.hpp"

namespace spanlab::host {

void Rows::add_all() {
  if (study_.points.size() > kMostTrials || study_.ablations.size() > most()) {
    fits(study_.points.size() + study_.ablations.size());
    return;
  }
  for (const Point& point : study_.points) {
    add_point(point);
    if (!fits(rows_.size())) return;
  }
  add_ablations();
  fits(rows_.size());
}

bool Rows::fits(std::size_t rows) {
  if (rows <= most()) return true;
  problems_.add(study_.origin, fmt::format("the study has more than {} trials: {} rows or more × {} seeds",
                                           kMostTrials, rows, seeds_.size()));
  return false;
}

// An evaluation set-up that is not given is the card's: it becomes part of the configuration, and so of the
// identity.
void Rows::complete(Configuration& configuration) const {
  std::optional<Overlap>& overlap = configuration.data.overlap;
  if (!overlap) overlap = base_.cards().data(configuration.data.name).overlap;
}

std::string Rows::key_of(Configuration configuration) {
  complete(configuration);
  return sha256_of(identities_.canonical(configuration, identities_.identity(configuration)));
}

// Nothing if the point is wrong.
std::optional<Configuration> Rows::changed(const Point& changes, Row& row) {
  const std::size_t before = problems_.size();
  Configuration configuration = base_.configuration();
  for (const Assignment& assignment : changes) {
    if (assignment.setting.is_variant())
      row.variants[assignment.path] = assignment.setting.id;
    else
      base_.builder().apply(configuration, assignment);
  }
  if (problems_.size() == before && !changes.empty()) base_.check(configuration, changes);
  if (problems_.size() > before || !base_.is_whole()) return std::nullopt;
  scores_.add(configuration, base_.place_of(changes), problems_);
  complete(configuration);
  return configuration;
}

std::optional<Row> Rows::row(const Point& point) {
  Row row;
  std::optional<Configuration> configuration = changed(point.outermost_first(), row);
  if (!configuration) return std::nullopt;
  row.identity = identities_.identity(*configuration);
  const std::string canonical = identities_.canonical(*configuration, row.identity);
  if (rows_.size() < most()) {  // else the study is refused, before its trials fill the memory
    for (std::int64_t seed : seeds_) row.trials.push_back(Identities::hash(canonical, seed));
  }
  row.key = sha256_of(canonical);
  row.configuration = std::make_shared<const Configuration>(std::move(*configuration));
  return row;
}

void Rows::add_point(const Point& point) {
  std::optional<Row> made = row(point);
  if (!made) return;
  const auto [same, is_new] = places_.emplace(made->key, Place{rows_.size(), &point});
  if (is_new) return rows_.push_back(std::move(*made));
  const Row& first = rows_[same->second.row];
  for (const auto& [name, variant] : made->variants) {
    const auto other = first.variants.find(name);
    if (other == first.variants.end() || other->second == variant) continue;
    problems_.add(point.find(name)->setting.origin,
                  fmt::format("variants: '{}' gives the same configuration as '{}'", variant, other->second));
  }
  if (*made->configuration == *first.configuration) warn_of_equal_values(*same->second.point, point);
}

// Values that are written otherwise and mean the same. (Values that are written alike are found when the
// script is read; points of a union may be equal.)
void Rows::warn_of_equal_values(const Point& first, const Point& second) {
  for (const Assignment& assignment : second) {
    const Assignment* other = first.find(assignment.path);
    if (!other || other->setting.is_variant() || text_of(other->setting) == text_of(assignment.setting)) {
      continue;
    }
    warnings_.add(assignment.setting.origin,
                  fmt::format("{}: {} is the same as {}; equal ones make one row", assignment.path,
                              text_of(assignment.setting), text_of(other->setting)));
  }
}

std::optional<Row> Rows::ablation(const NamedPoint& entry, const std::optional<Row>& base) {
  if (entry.name == "base" || entry.name == "base model") {
    problems_.add(
        entry.origin,
        fmt::format("ablate: '{}' is what tables call the unchanged model; give the entry another name",
                    entry.name));
  }
  std::optional<Row> made = row(entry.point);
  if (!made || !base) return std::nullopt;
  if (made->key == base->key) {
    problems_.add(entry.origin,
                  fmt::format("ablate: '{}' changes nothing: the base model is so already", entry.name));
  }
  made->ablation = entry.name;
  made->changes = entry.point;
  return made;
}

void Rows::add_ablations() {
  if (study_.ablations.empty()) return;
  std::optional<Row> base = row({});
  std::map<std::string, std::string> names;
  std::vector<Row> ablated;
  for (const NamedPoint& entry : study_.ablations) {
    std::optional<Row> made = ablation(entry, base);
    if (!made) continue;
    const auto [same, is_new] = names.emplace(made->key, entry.name);
    if (!is_new) {
      problems_.add(entry.origin, fmt::format("ablate: '{}' gives the same configuration as '{}'", entry.name,
                                              same->second));
    }
    ablated.push_back(std::move(*made));
  }
  if (base && places_.emplace(base->key, Place{}).second) rows_.push_back(std::move(*base));
  std::ranges::move(ablated, std::back_inserter(rows_));
}

}  // namespace spanlab::host
