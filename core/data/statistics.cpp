// SPDX-License-Identifier: MIT
#include "data/statistics.hpp"

#include <algorithm>
#include <set>

namespace spanlab::host {

namespace {

void count_entities(const Annotation& gold, std::int64_t max_width, ViewCounts& counts) {
  counts.without_entities += gold.entities.empty();
  for (std::size_t i = 0; i < gold.entities.size(); ++i) {
    const Entity& entity = gold.entities[i];
    ++counts.entities;
    ++counts.entity_types[static_cast<std::size_t>(entity.type)].second;
    counts.wide += entity.span.width() > max_width;
    bool shares = false, same = false;
    for (std::size_t j = 0; j < gold.entities.size(); ++j) {
      shares |= i != j && overlap(entity.span, gold.entities[j].span);
      same |= i != j && entity.span == gold.entities[j].span;
    }
    counts.overlapping += shares;
    counts.same_span += same;
  }
}

void count_relations(const Annotation& gold, ViewCounts& counts) {
  std::set<Relation> seen;
  for (const Relation& relation : gold.relations) {
    ++counts.relations;
    ++counts.relation_types[static_cast<std::size_t>(relation.type)].second;
    counts.repeated_relations += !seen.insert(relation).second;
    counts.self_relations += relation.head == relation.tail;
  }
}

}  // namespace

SplitCounts count(const Corpus& corpus, std::int64_t max_width) {
  SplitCounts counts;
  for (std::size_t v = 0; v < corpus.views.size(); ++v) {
    ViewCounts view;
    view.view = corpus.views[v];
    for (const LabelType& type : corpus.inventories[v].entities) view.entity_types.emplace_back(type.name, 0);
    for (const LabelType& type : corpus.inventories[v].relations)
      view.relation_types.emplace_back(type.name, 0);
    counts.views.push_back(std::move(view));
  }
  std::set<std::vector<std::string>> seen;
  for (const Sentence& sentence : corpus.sentences) {
    const auto words = static_cast<std::int64_t>(sentence.words.size());
    ++counts.sentences;
    counts.words += words;
    counts.longest = std::max(counts.longest, words);
    counts.repeated += !seen.insert(sentence.words).second;
    counts.blank_words += std::ranges::count_if(sentence.words, [](const std::string& word) {
      return word.find_first_not_of(" \t\r\n\v\f") == std::string::npos;
    });
    for (std::size_t v = 0; v < sentence.views.size(); ++v) {
      count_entities(sentence.views[v], max_width, counts.views[v]);
      count_relations(sentence.views[v], counts.views[v]);
    }
  }
  return counts;
}

std::vector<Leak> leaks(const DataCard& card, const std::map<std::string, Corpus>& splits) {
  std::vector<Leak> found;
  for (const std::vector<std::string>& group : card.apart) {
    for (std::size_t a = 0; a < group.size(); ++a) {
      std::set<std::vector<std::string>> known;
      for (const Sentence& sentence : splits.at(group[a]).sentences) known.insert(sentence.words);
      for (std::size_t b = a + 1; b < group.size(); ++b) {
        Leak leak{group[a], group[b], {}};
        for (const Sentence& sentence : splits.at(group[b]).sentences) {
          if (known.count(sentence.words)) leak.ids.push_back(sentence.id);
        }
        if (!leak.ids.empty()) found.push_back(std::move(leak));
      }
    }
  }
  return found;
}

}  // namespace spanlab::host
