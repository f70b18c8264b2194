// SPDX-License-Identifier: MIT
#include "evaluate/breakdowns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace spanlab::host {
namespace {

// Ends of ranges, each with the one before it as its exclusive begin; what is beyond stands in one more.
template <std::size_t size>
std::vector<std::string> range_labels(const std::array<std::int32_t, size>& ends, std::int32_t least) {
  std::vector<std::string> labels;
  for (const std::int32_t end : ends) {
    labels.push_back(end == least ? fmt::format("{}", end) : fmt::format("{}–{}", least, end));
    least = end + 1;
  }
  labels.push_back(fmt::format("{} and more", least));
  return labels;
}

template <std::size_t size>
std::size_t range_of(const std::array<std::int32_t, size>& ends, std::int32_t value) {
  return static_cast<std::size_t>(std::ranges::lower_bound(ends, value) - ends.begin());
}

constexpr std::array<std::int32_t, 6> kWidths{1, 2, 3, 4, 6, 10};
constexpr std::array<std::int32_t, 6> kLengths{10, 20, 30, 40, 50, 60};
constexpr std::array<std::int32_t, 5> kDistances{0, 2, 5, 10, 20};

// `part_of(sentence, item)` says which of the labels an item belongs to.
template <typename Outcome, typename PartOf>
Breakdown broken_down(std::string name, std::span<const Outcome> outcomes,
                      const std::vector<std::string>& labels, const PartOf& part_of) {
  Breakdown all{std::move(name), {}};
  for (const std::string& label : labels) all.parts.push_back({label, {}, {}, {}});
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    const Outcome& outcome = outcomes[i];
    const auto part = [&](const auto& item) -> BreakdownPart& {
      return all.parts.at(part_of(outcome.sentence, item));
    };
    if (outcome.is_correct()) {
      part(*outcome.gold).correct.push_back(i);
      continue;
    }
    if (outcome.predicted) part(*outcome.predicted).false_positives.push_back(i);
    if (outcome.gold) part(*outcome.gold).false_negatives.push_back(i);
  }
  return all;
}

std::vector<std::string> names_of(const std::vector<LabelType>& types) {
  std::vector<std::string> names;
  for (const LabelType& type : types) names.push_back(type.name);
  return names;
}

template <typename Outcome>
Breakdown by_type(std::span<const Outcome> outcomes, const std::vector<LabelType>& types) {
  return broken_down("type", outcomes, names_of(types),
                     [](std::size_t, const auto& item) { return static_cast<std::size_t>(item.type); });
}

template <typename Outcome>
Breakdown by_length(std::span<const Outcome> outcomes, const BreakdownInput& input) {
  return broken_down("sentence", outcomes, range_labels(kLengths, 1), [&](std::size_t sentence, const auto&) {
    const std::size_t words = input.sentences[sentence].words.size();
    return range_of(kLengths, static_cast<std::int32_t>(words));
  });
}

bool is_seen(const BreakdownInput& input, std::size_t sentence, const Span& span) {
  return input.seen->contains(mention_text(input.sentences[sentence].words, span));
}

std::int32_t distance(const JoinedRelation& relation) {
  return std::max({0, relation.tail.span.begin - relation.head.span.end,
                   relation.head.span.begin - relation.tail.span.end});
}

template <typename Outcome>
Confusion confused(std::span<const Outcome> outcomes, const std::vector<LabelType>& types) {
  Confusion table{names_of(types), {}};
  table.types.push_back("none");
  table.cells.assign(table.types.size(), std::vector<OutcomeList>(table.types.size()));
  const auto place = [&](const auto& item) {
    return item ? static_cast<std::size_t>(item->type) : types.size();
  };
  for (std::size_t i = 0; i < outcomes.size(); ++i)
    table.cells[place(outcomes[i].gold)][place(outcomes[i].predicted)].push_back(i);
  return table;
}

}  // namespace

Score BreakdownPart::score() const {
  const auto right = static_cast<std::int64_t>(correct.size());
  return score_of({right, right + static_cast<std::int64_t>(false_positives.size()),
                   right + static_cast<std::int64_t>(false_negatives.size())});
}

std::string mention_text(std::span<const std::string> words, const Span& span) {
  std::string text;
  for (std::int32_t word = span.begin; word < span.end; ++word)
    text += (word > span.begin ? " " : "") + words[static_cast<std::size_t>(word)];
  return text;
}

std::vector<Breakdown> breakdowns(std::span<const EntityOutcome> outcomes, const BreakdownInput& input) {
  std::vector<Breakdown> all{by_type(outcomes, input.inventory.entities)};
  all.push_back(
      broken_down("width", outcomes, range_labels(kWidths, 1),
                  [](std::size_t, const Entity& entity) { return range_of(kWidths, entity.span.width()); }));
  all.push_back(by_length(outcomes, input));
  if (input.seen) {
    all.push_back(broken_down("mention", outcomes, {"seen", "unseen"},
                              [&](std::size_t sentence, const Entity& entity) -> std::size_t {
                                return is_seen(input, sentence, entity.span) ? 0 : 1;
                              }));
  }
  return all;
}

std::vector<Breakdown> breakdowns(std::span<const RelationOutcome> outcomes, const BreakdownInput& input) {
  std::vector<Breakdown> all{by_type(outcomes, input.inventory.relations)};
  all.push_back(broken_down(
      "distance", outcomes, range_labels(kDistances, 0),
      [](std::size_t, const JoinedRelation& relation) { return range_of(kDistances, distance(relation)); }));
  all.push_back(by_length(outcomes, input));
  if (input.seen) {
    all.push_back(broken_down("mentions", outcomes, {"both seen", "one seen", "none seen"},
                              [&](std::size_t sentence, const JoinedRelation& relation) -> std::size_t {
                                return 2 - is_seen(input, sentence, relation.head.span) -
                                       is_seen(input, sentence, relation.tail.span);
                              }));
  }
  return all;
}

Confusion confusion(std::span<const EntityOutcome> outcomes, const Inventory& inventory) {
  return confused(outcomes, inventory.entities);
}

Confusion confusion(std::span<const RelationOutcome> outcomes, const Inventory& inventory) {
  return confused(outcomes, inventory.relations);
}

}  // namespace spanlab::host
