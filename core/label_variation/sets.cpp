// SPDX-License-Identifier: MIT
#include "label_variation/sets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "label_variation/projection.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host {

namespace {

constexpr std::pair<const char*, const char*> kFromSciErc[] = {
    {"COMPARE", "Compare"},        {"PART-OF", "Part-of"},           {"USED-FOR", "Used-for"},
    {"FEATURE-OF", "Feature-of"},  {"EVALUATE-FOR", "Evaluate-for"}, {"HYPONYM-OF", "Hyponym-of"},
    {"CONJUNCTION", "Conjunction"}};
constexpr std::pair<const char*, const char*> kFromSemEval[] = {
    {"COMPARE", "Compare"},          {"PART_WHOLE", "Part-of"},  {"USAGE", "Used-for"},
    {"MODEL-FEATURE", "Feature-of"}, {"RESULT", "Evaluate-for"}, {"TOPIC", "Topic"}};

std::int32_t number_of(const std::vector<LabelType>& types, const std::string& name) {
  const auto found = std::ranges::find(types, name, &LabelType::name);
  return found == types.end() ? -1 : static_cast<std::int32_t>(found - types.begin());
}

template <typename Pairs>
std::string renamed(const std::string& name, const Pairs& pairs) {
  for (const auto& [from, to] : pairs) {
    if (name == from) return to;
  }
  return "";
}

// An annotation with other types: `entity` and `relation` give each type's new number, -1 for none. Entities
// that become equal are one.
Annotation retyped(const Annotation& given, const std::vector<std::int32_t>& entity,
                   const std::vector<std::int32_t>& relation) {
  Annotation result;
  std::vector<std::int32_t> numbers;
  for (const Entity& old : given.entities) {
    const Entity made{old.span, entity[static_cast<std::size_t>(old.type)]};
    const auto at = std::ranges::find(result.entities, made);
    numbers.push_back(static_cast<std::int32_t>(at - result.entities.begin()));
    if (at == result.entities.end()) result.entities.push_back(made);
  }
  for (const Relation& old : given.relations) {
    const std::int32_t type = relation[static_cast<std::size_t>(old.type)];
    if (type < 0) continue;
    result.relations.push_back(
        {numbers[static_cast<std::size_t>(old.head)], numbers[static_cast<std::size_t>(old.tail)], type});
  }
  return result;
}

Corpus read_directed(const CardIndex& cards, const std::string& split) {
  DataCard card = cards.data("scierc_json");
  // These sets keep the direction of every relation.
  for (LabelType& type : card.inventories.at(0).relations) type.symmetric = false;
  return read_corpus(card, cards.folder(card), std::vector<std::string>{split});
}

struct SemEvalFiles {
  std::vector<MarkedText> texts;
  std::map<std::string, std::vector<MarkedRelation>> relations;  // by the text's id
};

SemEvalFiles read_semeval_files(const CardIndex& cards, const std::string& name, const std::string& split) {
  const DataCard& card = cards.data(name);
  const auto folder = cards.folder(card);
  for (const CardFile& file : split_files(card, split)) verify(folder, file);
  std::vector<Problem> problems;
  MarkedCorpus corpus = card.reader.make()->texts(reader_input(card, folder, split), problems);
  if (!problems.empty()) throw Error(ErrorKind::data, std::move(problems));
  SemEvalFiles read{std::move(corpus.texts), {}};
  for (MarkedRelation& relation : corpus.relations)
    read.relations[relation.head.substr(0, relation.head.rfind('.'))].push_back(std::move(relation));
  return read;
}

class Builder {
 public:
  Builder(const CardIndex& cards, ResultDirection result)
      : cards_(cards),
        result_(result),
        sci_(cards.data("scierc_json").inventories.at(0)),
        all_(label_variation_types(false)) {}

  LabelVariation build() {
    for (const char* split : {"train", "dev", "test"}) read_abstracts(split);
    const SemEvalFiles train = read_semeval_files(cards_, "semeval_1_1", "train"),
                       test = read_semeval_files(cards_, "semeval_2", "test");
    const std::vector<const MarkedText*> matches = match_texts(abstracts_, train.texts);
    std::set<const MarkedText*> used;
    for (std::size_t i = 0; i < abstracts_.size(); ++i) {
      for (Sentence& sentence : abstracts_[i].sentences) sentence.views.emplace_back();
      if (!matches[i]) continue;
      used.insert(matches[i]);
      ++built_.matched[abstracts_[i].split];
      built_.matched_by_text += matches[i]->id != abstracts_[i].id;
      project(abstracts_[i], *matches[i], relations_of(train, *matches[i]));
    }
    for (const SemEvalFiles* files : {&train, &test}) {
      for (const MarkedText& text : files->texts) {
        if (!used.contains(&text)) others_.push_back(from_semeval(text, relations_of(*files, text)));
      }
    }
    add_sets(matches);
    return std::move(built_);
  }

 private:
  void read_abstracts(const std::string& split) {
    for (Sentence& sentence : read_directed(cards_, split).sentences) {
      if (abstracts_.empty() || abstracts_.back().id != sentence.document || abstracts_.back().split != split)
        abstracts_.push_back({sentence.document, split, {}});
      abstracts_.back().sentences.push_back(std::move(sentence));
    }
  }

  static std::vector<MarkedRelation> relations_of(const SemEvalFiles& files, const MarkedText& text) {
    auto found = files.relations.find(text.id);
    return found == files.relations.end() ? std::vector<MarkedRelation>() : found->second;
  }

  // Where an entity of SemEval stands: sentence and number, -1 for one that is left out.
  using Places = std::map<std::string, std::pair<std::size_t, std::int32_t>>;

  void project(Abstract& abstract, const MarkedText& text, const std::vector<MarkedRelation>& relations) {
    std::vector<std::string> words;
    std::vector<std::int32_t> ends;
    for (const Sentence& sentence : abstract.sentences) {
      words.insert(words.end(), sentence.words.begin(), sentence.words.end());
      ends.push_back(static_cast<std::int32_t>(words.size()));
    }
    SemEvalAccount& account = built_.overlap;
    ++account.texts;
    const Projection projection(text.body.text, words);
    Places places;
    for (const MarkedEntity& entity : text.body.entities) {
      ++account.entities;
      const std::optional<Span> span = projection.words_of(entity.begin, entity.end);
      if (!span) {
        ++account.entities_absent;
        continue;
      }
      const auto after = std::ranges::upper_bound(ends, span->begin);
      const auto s = static_cast<std::size_t>(after - ends.begin());
      const std::int32_t start = s == 0 ? 0 : ends[s - 1];
      std::vector<Entity>& entities = abstract.sentences[s].views[1].entities;
      const Entity made{{span->begin - start, span->end - start}, 0};
      const auto same = std::ranges::find(entities, made);
      const bool crosses = span->end > ends[s], repeats = same != entities.end();
      account.entities_left_out += crosses || repeats;
      if (crosses) continue;
      places[entity.id] = {s, static_cast<std::int32_t>(same - entities.begin())};
      if (!repeats) entities.push_back(made);
    }
    add_relations(abstract.sentences, relations, places, account);
  }

  void add_relations(std::vector<Sentence>& sentences, const std::vector<MarkedRelation>& relations,
                     const Places& places, SemEvalAccount& account) {
    for (const MarkedRelation& relation : relations) {
      ++account.relations;
      auto head = places.find(relation.head), tail = places.find(relation.tail);
      const std::int32_t type = number_of(all_[1].relations, renamed(relation.type, kFromSemEval));
      if (type < 0 || head == places.end() || tail == places.end() ||
          head->second.first != tail->second.first) {
        ++account.relations_left_out;
        continue;
      }
      if (relation.type == "RESULT" && result_ == ResultDirection::flipped) std::swap(head, tail);
      sentences[head->second.first].views[1].relations.push_back(
          {head->second.second, tail->second.second, type});
    }
  }

  Abstract from_semeval(const MarkedText& text, const std::vector<MarkedRelation>& relations) {
    Places places;
    LeftOut left_out;
    Abstract abstract{
        text.id, "",
        sentences_of(text.body, left_out, [&](const MarkedEntity& entity, std::size_t s, std::int32_t e) {
          if (e >= 0) places[entity.id] = {s, e};
        })};
    for (std::size_t i = 0; i < abstract.sentences.size(); ++i) {
      Sentence& sentence = abstract.sentences[i];
      sentence.id = fmt::format("{}:{}", text.id, i);
      sentence.document = text.id;
      sentence.views.insert(sentence.views.begin(), Annotation());
    }
    SemEvalAccount& account = built_.non_overlap;
    ++account.texts;
    account.entities += static_cast<std::int64_t>(text.body.entities.size());
    account.entities_left_out += left_out.entities;
    add_relations(abstract.sentences, relations, places, account);
    return abstract;
  }

  // SciERC's types are those of its card, SemEval's already those of the full sets.
  void add_to(BuiltSet& set, const Abstract& abstract) const {
    const std::vector<Inventory> types = label_variation_types(set.reduced);
    std::vector<std::int32_t> sci_entity, sci_relation, sem_relation;
    for (const LabelType& type : sci_.entities)
      sci_entity.push_back(set.reduced ? 0 : number_of(types[0].entities, "sci_" + type.name));
    for (const LabelType& type : sci_.relations)
      sci_relation.push_back(number_of(types[0].relations, renamed(type.name, kFromSciErc)));
    for (const LabelType& type : all_[1].relations)
      sem_relation.push_back(number_of(types[1].relations, type.name));
    set.abstracts.push_back(abstract.id);
    for (const Sentence& sentence : abstract.sentences) {
      set.sentences.push_back(sentence);
      set.sentences.back().views = {retyped(sentence.views[0], sci_entity, sci_relation),
                                    retyped(sentence.views[1], {0}, sem_relation)};
    }
  }

  void add_sets(const std::vector<const MarkedText*>& matches) {
    std::map<std::string, BuiltSet> sets;
    for (const char* name : {"overlap", "sci_non_overlap", "sem_non_overlap"})
      sets[name] = {name, true, {}, {}};
    for (const char* name : {"standard_train", "standard_test", "standard_overlap"})
      sets[name] = {name, false, {}, {}};
    for (std::size_t i = 0; i < abstracts_.size(); ++i) {
      add_to(sets[matches[i] ? "overlap" : "sci_non_overlap"], abstracts_[i]);
      const bool test = abstracts_[i].split == "test";
      add_to(sets[test ? "standard_test" : "standard_train"], abstracts_[i]);
      if (test && matches[i]) add_to(sets["standard_overlap"], abstracts_[i]);
    }
    for (const Abstract& abstract : others_) add_to(sets["sem_non_overlap"], abstract);
    for (const char* name : {"overlap", "sci_non_overlap", "sem_non_overlap", "standard_train",
                             "standard_test", "standard_overlap"}) {
      built_.sets.push_back(std::move(sets[name]));
    }
    for (std::size_t k = 1; k <= 10; ++k) add_reduced(k);
  }

  // The k-th reduced training set is cut from the end.
  void add_reduced(std::size_t k) {
    const std::vector<Sentence>& all = built_.sets.front().sentences;
    const std::size_t kept = std::min<std::size_t>(all.size(), 1400 - 100 * k);
    const auto end = all.begin() + static_cast<std::ptrdiff_t>(kept);
    BuiltSet set{fmt::format("reduced_{}", k), true, {all.begin(), end}, {}};
    for (const Sentence& sentence : set.sentences) {
      if (set.abstracts.empty() || set.abstracts.back() != sentence.document)
        set.abstracts.push_back(sentence.document);
    }
    built_.sets.push_back(std::move(set));
  }

  const CardIndex& cards_;
  ResultDirection result_;
  const Inventory& sci_;
  std::vector<Inventory> all_;
  std::vector<Abstract> abstracts_;
  std::vector<Abstract> others_;
  LabelVariation built_;
};

}  // namespace

LabelVariation build_label_variation(const CardIndex& cards, ResultDirection result) {
  return Builder(cards, result).build();
}

}  // namespace spanlab::host
