// SPDX-License-Identifier: MIT
#include "app/error_examples.hpp"

#include <algorithm>
#include <fmt/ranges.h>

#include "spanlab/error.hpp"
#include "text/terminal_text.hpp"

namespace spanlab::host::app {

namespace {

std::string spelled(const Sentence& sentence, const Inventory& inventory, const Entity& entity) {
  return inventory.entities[static_cast<std::size_t>(entity.type)].name + " \"" +
         mention_text(sentence.words, entity.span) + "\"";
}

std::string spelled(const Sentence& sentence, const Inventory& inventory, const JoinedRelation& relation,
                    ArgumentTypes types) {
  const auto argument = [&](const Entity& entity) {
    const std::string mention = "\"" + mention_text(sentence.words, entity.span) + "\"";
    if (types == ArgumentTypes::ignored) return mention;
    return inventory.entities[static_cast<std::size_t>(entity.type)].name + " " + mention;
  };
  return fmt::format("{}({}, {})", inventory.relations[static_cast<std::size_t>(relation.type)].name,
                     argument(relation.head), argument(relation.tail));
}

void add_spans(const std::optional<Entity>& entity, std::vector<Span>& spans) {
  if (entity) spans.push_back(entity->span);
}

void add_spans(const std::optional<JoinedRelation>& relation, std::vector<Span>& spans) {
  if (!relation) return;
  spans.push_back(relation->head.span);
  spans.push_back(relation->tail.span);
}

// Gathers what trials have in common.
class Examples {
 public:
  Examples(const SharedErrors& shared, const Wanted& wanted) : shared_(shared), wanted_(wanted) {}

  // `spell(item)` writes an item, `type_name(item)` its type's name.
  template <typename Outcome, typename NameOf, typename Spell, typename TypeName>
  void add(const TrialErrors& trial, const ItemErrors<Outcome>& errors, const NameOf& name_of,
           const Spell& spell, const TypeName& type_name) {
    for (const Outcome& outcome : errors.outcomes) {
      if (outcome.is_correct()) continue;
      const std::string category = name_of(outcome);
      if (!is_wanted(category)) continue;
      const auto has_type = [&](const auto& item) { return item && type_name(*item) == *wanted_.type; };
      if (wanted_.type && !has_type(outcome.gold) && !has_type(outcome.predicted)) continue;
      const Sentence& sentence = shared_.corpus->sentences[outcome.sentence];
      ErrorExample example{.category = category, .sentence = outcome.sentence, .id = sentence.id};
      if (outcome.gold) example.gold = spell(sentence, *outcome.gold);
      if (outcome.predicted) example.predicted = spell(sentence, *outcome.predicted);
      std::vector<Span> gold, predicted;
      add_spans(outcome.gold, gold);
      add_spans(outcome.predicted, predicted);
      example.text = marked_sentence(sentence, gold, predicted);
      note(std::move(example), trial.trial.seed);
    }
  }

  std::vector<ErrorExample> sorted() && {
    std::ranges::stable_sort(found_, [](const ErrorExample& a, const ErrorExample& b) {
      if (a.seeds.size() != b.seeds.size()) return a.seeds.size() > b.seeds.size();
      return a.sentence < b.sentence;
    });
    return std::move(found_);
  }

 private:
  bool is_wanted(const std::string& category) const {
    if (!wanted_.category) return !category.starts_with("boundary.");
    return category == *wanted_.category || category.starts_with(*wanted_.category + ".");
  }

  void note(ErrorExample example, std::int64_t seed) {
    const std::string key = fmt::format("{}\n{}\n{}\n{}\n{}", example.sentence, example.category,
                                        example.text, example.gold, example.predicted);
    const auto [place, is_new] = places_.emplace(key, found_.size());
    if (is_new) found_.push_back(std::move(example));
    found_[place->second].seeds.push_back(seed);
  }

  const SharedErrors& shared_;
  const Wanted& wanted_;
  std::vector<ErrorExample> found_;
  std::map<std::string, std::size_t> places_;
};

void check(const SharedErrors& shared, const Wanted& wanted) {
  const std::vector<std::string> categories = error_categories();
  if (wanted.category && std::ranges::find(categories, *wanted.category) == categories.end()) {
    throw Error(ErrorKind::usage, "--category",
                fmt::format("no category '{}'{}\n   categories: {}", *wanted.category,
                            did_you_mean(*wanted.category, categories), fmt::join(categories, ", ")));
  }
  std::vector<std::string> types;
  const Inventory& inventory = shared.trials.at(0).group.inventory;
  for (const auto* some : {&inventory.entities, &inventory.relations}) {
    for (const LabelType& type : *some) types.push_back(type.name);
  }
  if (wanted.type && std::ranges::find(types, *wanted.type) == types.end()) {
    throw Error(ErrorKind::usage, "--type",
                fmt::format("no entity or relation type '{}'{}; there are {}", *wanted.type,
                            did_you_mean(*wanted.type, types), fmt::join(types, ", ")));
  }
}

}  // namespace

std::vector<std::string> error_categories() {
  std::vector<std::string> names{"entity"};
  for (const EntityError error : kEntityErrors) names.push_back(fmt::format("entity.{}", name_of(error)));
  for (const char* above : {"relation", "boundary.relation"}) {
    names.push_back(above);
    bool arguments = false;
    for (const RelationErrorKind& kind : kRelationErrors) {
      if (kind.error == RelationError::argument && !arguments)
        names.push_back(fmt::format("{}.argument", above));
      arguments = arguments || kind.error == RelationError::argument;
      names.push_back(fmt::format("{}.{}", above, name_of(kind)));
    }
  }
  return names;
}

std::string marked_sentence(const Sentence& sentence, const std::vector<Span>& gold,
                            const std::vector<Span>& predicted) {
  std::string text;
  const auto marks = [&](const std::vector<Span>& spans, std::int32_t Span::* end, std::int32_t at,
                         const char* mark) {
    // One span may stand in a relation twice.
    std::vector<Span> once = spans;
    std::ranges::sort(once);
    once.erase(std::ranges::unique(once).begin(), once.end());
    std::string some;
    for (const Span& span : once) some += span.*end == at ? mark : "";
    return some;
  };
  const auto words = static_cast<std::int32_t>(sentence.words.size());
  for (std::int32_t i = 0; i < words; ++i) {
    text += i > 0 ? " " : "";
    text += marks(gold, &Span::begin, i, "[") + marks(predicted, &Span::begin, i, "{");
    text += printable(sentence.words[static_cast<std::size_t>(i)]);
    text += marks(predicted, &Span::end, i + 1, "}") + marks(gold, &Span::end, i + 1, "]");
  }
  return text;
}

std::vector<ErrorExample> error_examples(const SharedErrors& shared, const Wanted& wanted) {
  check(shared, wanted);
  Examples examples(shared, wanted);
  for (const TrialErrors& trial : shared.trials) {
    const Inventory& inventory = trial.group.inventory;
    examples.add(
        trial, trial.analysis.entity,
        [](const EntityOutcome& outcome) { return fmt::format("entity.{}", name_of(outcome.error)); },
        [&](const Sentence& sentence, const Entity& entity) { return spelled(sentence, inventory, entity); },
        [&](const Entity& entity) { return inventory.entities[static_cast<std::size_t>(entity.type)].name; });
    const auto add_relations = [&](const RelationErrors& errors, const char* above, ArgumentTypes types) {
      examples.add(
          trial, errors,
          [&](const RelationOutcome& outcome) {
            return fmt::format("{}.{}", above, name_of(outcome.kind()));
          },
          [&](const Sentence& sentence, const JoinedRelation& relation) {
            return spelled(sentence, inventory, relation, types);
          },
          [&](const JoinedRelation& relation) {
            return inventory.relations[static_cast<std::size_t>(relation.type)].name;
          });
    };
    add_relations(trial.analysis.strict.errors, "relation", ArgumentTypes::compared);
    add_relations(trial.analysis.boundary.errors, "boundary.relation", ArgumentTypes::ignored);
  }
  return std::move(examples).sorted();
}

}  // namespace spanlab::host::app
