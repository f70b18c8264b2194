// SPDX-License-Identifier: MIT
#include "label_variation/abstract_differences.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "label_variation/projection.hpp"

namespace spanlab::host {

namespace {

// `from_0_to_1_SemEval-J87-1003_and_SciERC-0_0_MATCHED` → J87-1003; `from_3_to_4_P03-1051` → P03-1051; else
// what follows the sentence's numbers. Repeated ids carry a `#2`.
std::string abstract_of(const std::string& id) {
  std::string rest = id.substr(0, id.find('#'));
  if (rest.starts_with("from_")) {
    std::size_t at = rest.find("_to_");
    at = at == rest.npos ? at : rest.find('_', at + 4);
    if (at != rest.npos) rest = rest.substr(at + 1);
  }
  const std::size_t begin = rest.find("SemEval-"), end = rest.find("_and_SciERC");
  return begin != rest.npos && end != rest.npos ? rest.substr(begin + 8, end - begin - 8) : rest;
}

// An abstract begins with another id, or where `begins` says so.
template <typename IdOf, typename Begins>
std::vector<AbstractSentences> grouped(std::span<const Sentence> sentences, IdOf id_of, Begins begins) {
  std::vector<AbstractSentences> abstracts;
  for (std::size_t s = 0, begin = 0; s < sentences.size(); ++s) {
    const std::string id = id_of(sentences[s]);
    if (abstracts.empty() || abstracts.back().id != id || begins(sentences[s])) {
      begin = s;
      abstracts.push_back({id, {}});
    }
    abstracts.back().sentences = sentences.subspan(begin, s + 1 - begin);
  }
  return abstracts;
}

using Place = std::optional<Span>;  // in words of the built abstract; nothing for words that it lacks

/// What a view says of an abstract.
struct ViewItems {
  std::multiset<std::pair<Place, std::int32_t>> entities;
  std::multiset<std::tuple<Place, Place, std::int32_t>> relations;
};

/// An abstract's words one after another.
struct AbstractText {
  explicit AbstractText(const AbstractSentences& abstract) {
    for (const Sentence& sentence : abstract.sentences) {
      starts.push_back(static_cast<std::int32_t>(words.size()));
      words.insert(words.end(), sentence.words.begin(), sentence.words.end());
    }
    for (const std::string& word : words) {
      letters += spelling(word);
      ends.push_back(letters.size());
    }
  }
  std::size_t begin_of(std::int32_t word) const {
    return word == 0 ? 0 : ends[static_cast<std::size_t>(word) - 1];
  }

  std::vector<std::string> words;
  std::vector<std::int32_t> starts;  // of sentences
  std::string letters;
  std::vector<std::size_t> ends;  // of words, among the letters
};

template <typename PlaceOf>
ViewItems items_of(const AbstractSentences& abstract, std::span<const std::int32_t> starts, std::size_t view,
                   PlaceOf place_of) {
  ViewItems items;
  for (std::size_t s = 0; s < abstract.sentences.size(); ++s) {
    const Annotation& gold = abstract.sentences[s].views[view];
    std::vector<Place> places;
    for (const Entity& entity : gold.entities) {
      places.push_back(place_of(Span{starts[s] + entity.span.begin, starts[s] + entity.span.end}));
      items.entities.emplace(places.back(), entity.type);
    }
    for (const Relation& relation : gold.relations) {
      items.relations.emplace(places[static_cast<std::size_t>(relation.head)],
                              places[static_cast<std::size_t>(relation.tail)], relation.type);
    }
  }
  return items;
}

ViewItems with_turned(const ViewItems& items, std::int32_t type) {
  ViewItems turned{items.entities, {}};
  for (const auto& [head, tail, of] : items.relations)
    of == type ? turned.relations.emplace(tail, head, of) : turned.relations.emplace(head, tail, of);
  return turned;
}

std::int32_t evaluate_for(const Inventory& types) {
  const auto found = std::ranges::find(types.relations, "Evaluate-for", &LabelType::name);
  return found == types.relations.end() ? -1 : static_cast<std::int32_t>(found - types.relations.begin());
}

void compare_abstract(const AbstractSentences& built, const AbstractSentences& released,
                      std::span<const Inventory> types, AbstractDifferences& found) {
  const AbstractText ours(built), theirs(released);
  const Projection projection(theirs.letters, ours.words);
  const auto ours_at = [](const Span& span) { return Place(span); };
  const auto theirs_at = [&](const Span& span) {
    return projection.words_of(theirs.begin_of(span.begin), theirs.begin_of(span.end));
  };
  std::vector<std::int32_t> starts;
  for (const std::int32_t start : theirs.starts) {
    const Place first = theirs_at({start, start + 1});
    starts.push_back(first ? first->begin : -1);
  }
  if (starts != ours.starts) found.sentences.push_back(built.id);
  if (theirs.words != ours.words) found.words.push_back(built.id);
  for (std::size_t view = 0; view < 2; ++view) {
    const ViewItems mine = items_of(built, ours.starts, view, ours_at),
                    others = items_of(released, theirs.starts, view, theirs_at);
    if (mine.entities != others.entities) found.entities[view].push_back(built.id);
    if (mine.relations == others.relations) continue;
    const ViewItems other_way = with_turned(mine, evaluate_for(types[view]));
    const bool turned = view == 1 && other_way.relations == others.relations;
    (turned ? found.turned : found.relations[view]).push_back(built.id);
  }
}

}  // namespace

std::vector<AbstractSentences> released_abstracts(std::span<const Sentence> sentences) {
  // Parts of SciERC number their abstracts alike: one may follow another of its name.
  return grouped(
      sentences, [](const Sentence& sentence) { return abstract_of(sentence.id); },
      [](const Sentence& sentence) { return sentence.id.starts_with("from_0_to_"); });
}

std::vector<AbstractSentences> built_abstracts(std::span<const Sentence> sentences) {
  return grouped(
      sentences, [](const Sentence& sentence) { return sentence.document; },
      [](const Sentence&) { return false; });
}

AbstractDifferences differences(std::span<const AbstractSentences> built,
                                std::span<const AbstractSentences> released,
                                std::span<const Inventory> types) {
  std::map<std::string, std::size_t> by_id, by_letters;
  for (std::size_t i = 0; i < released.size(); ++i) {
    by_id.emplace(released[i].id, i);
    by_letters.emplace(AbstractText(released[i]).letters, i);
  }
  AbstractDifferences found;
  std::vector<bool> used(released.size());
  for (const AbstractSentences& abstract : built) {
    std::optional<std::size_t> same;
    if (const auto named = by_id.find(abstract.id); named != by_id.end())
      same = named->second;
    else if (const auto lettered = by_letters.find(AbstractText(abstract).letters);
             lettered != by_letters.end())
      same = lettered->second;
    if (same) {
      used[*same] = true;
      compare_abstract(abstract, released[*same], types, found);
    } else {
      found.only_built.push_back(abstract.id);
    }
  }
  for (std::size_t i = 0; i < released.size(); ++i) {
    if (!used[i]) found.only_released.push_back(released[i].id);
  }
  return found;
}

}  // namespace spanlab::host
