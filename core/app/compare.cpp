// SPDX-License-Identifier: MIT
#include "app/compare.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "app/compared_scores.hpp"
#include "app/compare_page.hpp"
#include "files/files.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host::app {

namespace {

std::size_t finished_of(const ChosenTrials& chosen, const RunStore& store) {
  return static_cast<std::size_t>(std::ranges::count_if(chosen.trials, [&](const PlannedTrial& trial) {
    return store.newest_finished(trial.hash).has_value();
  }));
}

void compare_studies(const std::string& group, const RunStore& store, EvaluatedReader& reader,
                     Compared& compared) {
  const Plan &a = *compared.a.plan, &b = *compared.b.plan;
  for (std::size_t row = 0; row < a.rows.size(); ++row) {
    const std::string& label = a.rows[row].label;
    const auto other = std::ranges::find(b.rows, label, &PlanRow::label);
    if (other == b.rows.end()) {
      compared.only_a.push_back(label);
      continue;
    }
    const auto number = static_cast<std::size_t>(other - b.rows.begin());
    compared.rows.push_back(
        {label,
         compared_scores(finished_trials(trials_of_row(a, row), store, reader, compared.notes),
                         finished_trials(trials_of_row(b, number), store, reader, compared.notes), group)});
  }
  for (const PlanRow& row : b.rows) {
    if (std::ranges::find(a.rows, row.label, &PlanRow::label) == a.rows.end())
      compared.only_b.push_back(row.label);
  }
}

// F1 by type of one kind of item, of both.
void add_types(const char* kind, const ItemErrorCounts& a, const ItemErrorCounts& b,
               std::vector<ComparedType>& types) {
  const auto by_type = [](const ItemErrorCounts& counts) -> const ErrorTable& {
    return *std::ranges::find(counts.breakdowns, std::string("type"), &ErrorTable::name);
  };
  for (const ErrorLine& line : by_type(a).lines) {
    const auto other = std::ranges::find(by_type(b).lines, line.name, &ErrorLine::name);
    if (other == by_type(b).lines.end()) continue;
    if (line.correct + line.errors() + other->correct + other->errors() == 0) continue;
    types.push_back({std::string(kind) + " " + line.name, line.score(), other->score()});
  }
}

// Errors of each sentence, entities and strict relations, summed over trials, and in how many it has none.
struct SentenceSums {
  std::vector<double> right;
  std::vector<double> errors;
};

SentenceSums sentence_sums(const SharedErrors& shared) {
  const std::size_t sentences = shared.corpus->sentences.size();
  const auto share = 1.0 / static_cast<double>(shared.trials.size());
  SentenceSums sums{std::vector<double>(sentences), std::vector<double>(sentences)};
  for (const TrialErrors& trial : shared.trials) {
    std::vector<double> errors(sentences);
    const auto add = [&](const auto& outcomes) {
      for (const auto& outcome : outcomes) errors[outcome.sentence] += outcome.is_correct() ? 0 : 1;
    };
    add(trial.analysis.entity.outcomes);
    add(trial.analysis.strict.errors.outcomes);
    for (std::size_t i = 0; i < sentences; ++i) {
      sums.right[i] += errors[i] == 0 ? share : 0;
      sums.errors[i] += share * errors[i];
    }
  }
  return sums;
}

using ExamplesBySentence = std::map<std::size_t, std::vector<ErrorExample>>;

ExamplesBySentence examples_of(const SharedErrors& shared) {
  ExamplesBySentence examples;
  for (ErrorExample& example : error_examples(shared, {})) {
    const std::size_t sentence = example.sentence;
    examples[sentence].push_back(std::move(example));
  }
  return examples;
}

std::vector<ComparedSentence> telling(std::vector<ComparedSentence> all, bool a_is_right, std::size_t limit,
                                      std::size_t& found) {
  const auto lead = [&](const ComparedSentence& one) {
    const double right = one.right_a - one.right_b, errors = one.errors_b - one.errors_a;
    return a_is_right ? std::pair(right, errors) : std::pair(-right, -errors);
  };
  // Shares of trials are sums of fractions: what differs by rounding is equal.
  constexpr double kNothing = 1e-9;
  std::erase_if(all, [&](const ComparedSentence& one) { return lead(one).first < kNothing; });
  std::ranges::stable_sort(all, [&](const ComparedSentence& x, const ComparedSentence& y) {
    const auto p = lead(x), q = lead(y);
    if (std::abs(p.first - q.first) > kNothing) return p.first > q.first;
    return p.second > q.second + kNothing;
  });
  found = all.size();
  if (limit > 0 && all.size() > limit) all.resize(limit);
  return all;
}

void compare_sentences(const SharedErrors& a, const SharedErrors& b, std::size_t limit, Compared& compared) {
  const SentenceSums of_a = sentence_sums(a), of_b = sentence_sums(b);
  std::vector<ComparedSentence> all;
  for (std::size_t i = 0; i < of_a.right.size(); ++i) {
    const Sentence& sentence = a.corpus->sentences[i];
    all.push_back({i, sentence.id, marked_sentence(sentence, {}, {}), of_a.right[i], of_b.right[i],
                   of_a.errors[i], of_b.errors[i]});
  }
  compared.a_right = telling(all, true, limit, compared.a_right_found);
  compared.b_right = telling(all, false, limit, compared.b_right_found);
  const ExamplesBySentence wrong_a = examples_of(a), wrong_b = examples_of(b);
  const auto errors_in = [](const ExamplesBySentence& examples, std::size_t sentence) {
    const auto place = examples.find(sentence);
    return place == examples.end() ? std::vector<ErrorExample>() : place->second;
  };
  for (std::vector<ComparedSentence>* sentences : {&compared.a_right, &compared.b_right}) {
    for (ComparedSentence& one : *sentences) {
      one.wrong_a = errors_in(wrong_a, one.sentence);
      one.wrong_b = errors_in(wrong_b, one.sentence);
    }
  }
}

bool same_sentences(const SharedErrors& a, const SharedErrors& b) {
  return a.corpus == b.corpus ||
         std::ranges::equal(a.corpus->sentences, b.corpus->sentences, std::ranges::equal_to(),
                            &Sentence::words, &Sentence::words);
}

void compare_rows(const CompareOptions& options, const RunStore& store, EvaluatedReader& reader,
                  Compared& compared) {
  const std::string group = options.group.value_or("");
  const SharedErrors a = read_errors(compared.a.trials, group, store, reader);
  const SharedErrors b = read_errors(compared.b.trials, group, store, reader);
  for (const SharedErrors* side : {&a, &b}) {
    for (const std::string& left_out : side->left_out) compared.notes.push_back("left out: " + left_out);
  }
  compared.trials_a = a.trials.size();
  compared.trials_b = b.trials.size();
  if (a.group != b.group) {
    compared.notes.push_back(
        fmt::format("their scores are grouped differently: compared are '{}' and '{}'", a.group, b.group));
  } else {
    compared.scores =
        compared_scores(finished_trials(compared.a.trials, store, reader, compared.notes),
                        finished_trials(compared.b.trials, store, reader, compared.notes), a.group);
  }
  if (!same_sentences(a, b)) {
    compared.notes.push_back("they were scored on different sentences: types and sentences are not compared");
    return;
  }
  const ErrorCounts of_a = counts_of(a), of_b = counts_of(b);
  add_types("entity", of_a.entity, of_b.entity, compared.types);
  add_types("relation", of_a.strict, of_b.strict, compared.types);
  compare_sentences(a, b, static_cast<std::size_t>(options.limit), compared);
}

// A study of one row is that row.
ChosenTrials chosen(const std::string& word, const RunStore& store) {
  ChosenTrials some = choose_trials(word, store);
  const bool one_row = some.kind == ChosenTrials::Kind::study && some.plan->rows.size() == 1;
  return one_row ? choose_row(word, store) : some;
}

}  // namespace

Compared compare(const CompareOptions& options, const Places& places) {
  const RunStore store(places.runs);
  Compared compared{chosen(options.a, store), chosen(options.b, store)};
  const bool studies = compared.a.kind == ChosenTrials::Kind::study;
  if (studies != (compared.b.kind == ChosenTrials::Kind::study)) {
    const std::string& study = studies ? options.a : options.b;
    choose_row(study, store);  // throws: says which rows there are
  }
  compared.trials_a = finished_of(compared.a, store);
  compared.trials_b = finished_of(compared.b, store);
  for (const ChosenTrials* side : {&compared.a, &compared.b}) {
    if (finished_of(*side, store) == 0)
      throw Error(ErrorKind::usage, side->name, "no trial of it is finished: there is nothing to compare");
  }
  compared.configuration = configuration_differences(compared.a, compared.b);
  const Registry registry = load_what_can_be(places);
  const CardIndex cards = load_cards(beside_script(beside_script(places, options.a), options.b), registry);
  EvaluatedReader reader(registry, cards);
  if (studies) {
    compare_studies(options.group.value_or(""), store, reader, compared);
  } else {
    compare_rows(options, store, reader, compared);
  }
  if (options.html) replace_file(*options.html, compare_page(compared), Durability::quick);
  return compared;
}

}  // namespace spanlab::host::app
