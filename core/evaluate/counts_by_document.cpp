// SPDX-License-Identifier: MIT
#include "evaluate/counts_by_document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "evaluate/score_path.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host {
namespace {

constexpr std::string_view kSpans = "spans";

std::set<Span> spans_of(const Annotation& annotation) {
  std::set<Span> spans;
  for (const Entity& entity : annotation.entities) spans.insert(entity.span);
  return spans;
}

std::vector<ItemCounts> span_counts(const Annotation& gold, const Annotation& predicted) {
  const std::set<Span> mine = spans_of(predicted), theirs = spans_of(gold);
  const auto shared = std::ranges::count_if(mine, [&](const Span& span) { return theirs.contains(span); });
  return {{shared, std::ssize(mine), std::ssize(theirs)}};
}

std::vector<std::string> names_of(const std::vector<LabelType>& types) {
  std::vector<std::string> names;
  for (const LabelType& type : types) names.push_back(type.name);
  return names;
}

std::string below(std::string_view group, std::string_view score) {
  return group.empty() ? std::string(score) : fmt::format("{}.{}", group, score);
}

/// Sentences come one after the other, and documents one after the other: a sentence's counts join the last
/// entries if these are of its document.
class Collector {
 public:
  Collector(std::vector<std::string> types, ScoreCounts& score) : score_(score), open_(types.size()) {
    score_.types = std::move(types);
  }

  void add(std::int32_t document, const std::vector<ItemCounts>& counts) {
    if (document != document_) close();
    document_ = document;
    for (std::size_t type = 0; type < counts.size(); ++type) open_[type] += counts[type];
  }

  void close() {
    for (std::size_t type = 0; type < open_.size(); ++type) {
      if (open_[type] == ItemCounts()) continue;
      score_.entries.push_back({document_, static_cast<std::int32_t>(type), open_[type]});
      open_[type] = {};
    }
  }

 private:
  ScoreCounts& score_;
  std::vector<ItemCounts> open_;
  std::int32_t document_ = 0;
};

bool all_have_documents(std::span<const Sentence> sentences) {
  return !sentences.empty() &&
         std::ranges::none_of(sentences, [](const Sentence& sentence) { return sentence.document.empty(); });
}

/// The text that a sentence counts for.
const std::string& text_of(const Sentence& sentence, TextUnit unit) {
  return unit == TextUnit::document ? sentence.document : sentence.id;
}

}  // namespace

CountsByDocument documents_of(std::span<const Sentence> sentences) {
  CountsByDocument counts;
  counts.unit = all_have_documents(sentences) ? TextUnit::document : TextUnit::sentence;
  std::set<std::string_view> seen;
  for (const Sentence& sentence : sentences) {
    const std::string& text = text_of(sentence, counts.unit);
    if (seen.insert(text).second) counts.documents.push_back(text);
  }
  return counts;
}

void add_counts(std::string_view group, std::span<const Sentence> sentences, std::span<const Annotation> gold,
                std::span<const Annotation> predicted, const Inventory& inventory, Overlap overlap,
                CountsByDocument& counts) {
  if (gold.size() != sentences.size() || predicted.size() != sentences.size()) {
    throw Error(ErrorKind::data, "",
                fmt::format("{} sentences, {} in gold, {} in the predictions", sentences.size(), gold.size(),
                            predicted.size()));
  }
  std::map<std::string_view, std::int32_t> numbers;
  for (const std::string& name : counts.documents)
    numbers.emplace(name, static_cast<std::int32_t>(numbers.size()));
  const auto collect = [&](std::string_view score, std::vector<std::string> types) {
    return Collector(std::move(types), counts.scores[below(group, score)]);
  };
  Collector entity = collect("entity", names_of(inventory.entities));
  Collector boundary = collect("relation.boundary", names_of(inventory.relations));
  Collector strict = collect("relation.strict", names_of(inventory.relations));
  Collector spans = collect(kSpans, {""});
  std::vector<std::size_t> order(sentences.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto number = [&](std::size_t i) { return numbers.at(text_of(sentences[i], counts.unit)); };
  std::ranges::stable_sort(order, {}, number);  // a document may come back
  for (const std::size_t i : order) {
    AnnotationCounts of_sentence(inventory);
    count_sentence(gold[i], predicted[i], inventory, overlap, of_sentence);
    const std::int32_t document = number(i);
    entity.add(document, of_sentence.entity);
    boundary.add(document, of_sentence.relation_boundary);
    strict.add(document, of_sentence.relation_strict);
    spans.add(document, span_counts(gold[i], predicted[i]));
  }
  for (Collector* one : {&entity, &boundary, &strict, &spans}) one->close();
}

std::optional<CountedScore> counted_score(const CountsByDocument& counts, std::string_view path) {
  for (const auto& [name, score] : counts.scores) {
    if (!path.starts_with(name) || path.size() <= name.size() || path[name.size()] != '.') continue;
    const std::optional<AverageMeasure> asked = average_measure(path.substr(name.size() + 1));
    if (!asked || asked->average == "macro") return std::nullopt;
    static const std::map<std::string, Measure> measures{
        {"f1", Measure::f1}, {"precision", Measure::precision}, {"recall", Measure::recall}};
    const auto measure = measures.find(asked->measure);
    if (measure == measures.end()) return std::nullopt;
    CountedScore found{measure->second, std::vector<ItemCounts>(counts.documents.size())};
    for (const ScoreCounts::Entry& entry : score.entries) {
      if (asked->type.empty() || score.types.at(static_cast<std::size_t>(entry.type)) == asked->type)
        found.documents.at(static_cast<std::size_t>(entry.document)) += entry.counts;
    }
    return found;
  }
  return std::nullopt;
}

}  // namespace spanlab::host
