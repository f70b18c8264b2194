// SPDX-License-Identifier: MIT
#include "results/trial_errors.hpp"

#include <fmt/ranges.h>

#include <algorithm>

#include "spanlab/error.hpp"

namespace spanlab::host {
namespace {

// Texts of the entities of a view that has the group's name, else of all views.
Mentions mentions_of(const Corpus& corpus, const std::string& group) {
  const auto named = std::ranges::find(corpus.views, group);
  Mentions mentions;
  for (const Sentence& sentence : corpus.sentences) {
    for (std::size_t view = 0; view < sentence.views.size(); ++view) {
      const bool other = named != corpus.views.end() && corpus.views[view] != group;
      if (other) continue;
      for (const Entity& entity : sentence.views[view].entities)
        mentions.insert(mention_text(sentence.words, entity.span));
    }
  }
  return mentions;
}

const EvaluatedGroup& chosen_group(const Evaluated& evaluated, const std::string& name) {
  std::vector<std::string> names;
  for (const EvaluatedGroup& group : evaluated.groups) {
    if (group.name == name || name.empty()) return group;
    names.push_back(group.name);
  }
  const bool grouped = names.size() > 1 || !names[0].empty();
  throw Error(ErrorKind::usage, "--group",
              grouped ? fmt::format("no group '{}'{}; there are {}", name, did_you_mean(name, names),
                                    fmt::join(names, ", "))
                      : fmt::format("got '{}', but the scores of this model are not grouped", name));
}

std::string why_not(const PlannedTrial& trial, const RunStore& store) {
  const std::vector<Attempt> attempts = store.attempts(trial.hash);
  const std::string state = attempts.empty()                                       ? "not started"
                            : attempts.back().status.state == AttemptState::failed ? "failed"
                                                                                   : "not finished";
  return fmt::format("trial {} (seed {}): {}", trial.hash.substr(0, 8), trial.seed, state);
}

}  // namespace

SeenMentions::SeenMentions(const PlannedTrial& trial, EvaluatedReader& reader) {
  try {
    training_ = reader.part(trial, "train");
  } catch (const Error&) {  // it is not at hand; all else can be told
  }
}

const Mentions* SeenMentions::of(const std::string& group) const {
  if (!training_) return nullptr;
  const auto [place, is_new] = found_.try_emplace(group);
  if (is_new) place->second = mentions_of(*training_, group);
  return &place->second;
}

TrialErrors errors_of(const PlannedTrial& trial, const EvaluatedGroup& group, const Evaluated& evaluated,
                      const SeenMentions& seen) {
  TrialErrors one{.trial = trial, .group = group};
  for (const Prediction& prediction : group.predicted) one.predicted.push_back(prediction.annotation());
  one.analysis = analyse_errors(group.gold, one.predicted, evaluated.overlap,
                                {evaluated.corpus->sentences, group.inventory, seen.of(group.name)});
  return one;
}

SharedErrors read_errors(std::span<const PlannedTrial> trials, const std::string& group,
                         const RunStore& store, EvaluatedReader& reader) {
  SharedErrors shared;
  std::optional<SeenMentions> seen;
  for (const PlannedTrial& trial : trials) {
    const std::optional<Attempt> attempt = store.newest_finished(trial.hash);
    if (!attempt) {
      shared.left_out.push_back(why_not(trial, store));
      continue;
    }
    const Evaluated evaluated = reader.read(trial, *attempt);
    if (shared.corpus && shared.corpus != evaluated.corpus) {
      shared.left_out.push_back(
          fmt::format("trial {} (seed {}): scored on other sentences", trial.hash.substr(0, 8), trial.seed));
      continue;
    }
    if (!seen) seen.emplace(trial, reader);
    shared.trials.push_back(errors_of(trial, chosen_group(evaluated, group), evaluated, *seen));
    if (shared.corpus) continue;
    shared.split = evaluated.split;
    shared.overlap = evaluated.overlap;
    shared.corpus = evaluated.corpus;
    shared.group = shared.trials[0].group.name;
    for (const EvaluatedGroup& each : evaluated.groups) shared.groups.push_back(each.name);
  }
  if (shared.trials.empty()) {
    throw Error(ErrorKind::usage, "",
                fmt::format("there are no predictions yet: {}", fmt::join(shared.left_out, "; ")));
  }
  shared.knows_seen = seen->known();
  return shared;
}

ErrorCounts counts_of(const SharedErrors& errors) {
  ErrorCounts counts;
  for (const TrialErrors& one : errors.trials) add(one.analysis, counts);
  return counts;
}

}  // namespace spanlab::host
