// SPDX-License-Identifier: MIT
#include "app/compared_scores.hpp"

#include <algorithm>

#include "spanlab/generator.hpp"
#include "statistics/randomisation.hpp"
#include "statistics/two_way.hpp"

namespace spanlab::host::app {

namespace {

constexpr std::size_t kSeedsForMethod = 3;

SystemCounts system_of(const std::vector<CountsByDocument>& trials, const std::string& path) {
  SystemCounts system;
  for (const CountsByDocument& trial : trials) {
    const std::optional<CountedScore> counted = counted_score(trial, path);
    if (!counted) continue;
    ++system.seeds;
    system.documents = counted->documents.size();
    for (const ItemCounts& document : counted->documents)
      system.counts.push_back(
          {document.correct, document.predicted - document.correct, document.gold - document.correct});
  }
  return system;
}

std::vector<double> in_points(std::vector<double> ratios) {
  for (double& ratio : ratios) ratio *= 100;
  return ratios;
}

// The difference b - a and all that is measured like it; t, degrees and p have no unit.
TTest in_points(TTest test) {
  test.difference *= 100;
  test.standard_error *= 100;
  test.interval.low *= 100;
  test.interval.high *= 100;
  return test;
}

// p by exchanging what the systems say of a document.
double randomisation_p(const SystemCounts& a, const SystemCounts& b) {
  constexpr std::size_t kDraws = 9'999;
  if (a.documents <= kMostExactDocuments) return exact_randomisation_over_documents(b, a, Ratio::f1).p;
  Generator generator(1);  // the same p each time
  return randomisation_over_documents(b, a, Ratio::f1, kDraws, generator).p;
}

bool same_documents(const std::vector<CountsByDocument>& a, const std::vector<CountsByDocument>& b) {
  return std::ranges::all_of(a,
                             [&](const CountsByDocument& one) { return one.documents == a[0].documents; }) &&
         std::ranges::all_of(b, [&](const CountsByDocument& one) { return one.documents == a[0].documents; });
}

void test(const SystemCounts& a, const SystemCounts& b, bool same, ComparedScore& score) {
  const std::size_t fewest = std::min(a.seeds, b.seeds);
  if (!same) {
    score.test = welch_t(score.b, score.a);
    if (score.test) score.claim = "the method on these test sets";
  } else if (a.documents >= 2 && fewest >= kSeedsForMethod) {
    score.test = in_points(two_way_t_sum(b, a, Ratio::f1));
    score.claim = "the method";
  } else if (a.documents >= 2 && fewest >= 1) {
    score.test = in_points(documents_linearised_t(b, a, Ratio::f1));
    score.test->p = randomisation_p(a, b);
    score.claim = "these models on texts like these";
  }
}

}  // namespace

std::vector<CountsByDocument> finished_counts(std::span<const PlannedTrial> trials, const RunStore& store,
                                              EvaluatedReader& reader, std::vector<std::string>& notes) {
  std::vector<CountsByDocument> counts;
  for (const PlannedTrial& trial : trials) {
    const std::optional<Attempt> attempt = store.newest_finished(trial.hash);
    if (!attempt) continue;
    const TrialCounts of_trial = trial_counts(trial, *attempt, &reader);
    if (of_trial.counts) {
      counts.push_back(*of_trial.counts);
    } else {
      notes.push_back(fmt::format("trial {}: {}", trial.hash.substr(0, 8), of_trial.trouble));
    }
  }
  return counts;
}

std::vector<ComparedScore> compared_scores(const std::vector<CountsByDocument>& a,
                                           const std::vector<CountsByDocument>& b, const std::string& group) {
  std::vector<ComparedScore> scores;
  if (a.empty() || b.empty()) return scores;
  const bool same = same_documents(a, b);
  for (const char* name : {"entity.f1", "relation.boundary.f1", "relation.strict.f1"}) {
    ComparedScore score{.path = group.empty() ? name : group + "." + name};
    const SystemCounts of_a = system_of(a, score.path), of_b = system_of(b, score.path);
    if (of_a.seeds == 0 || of_b.seeds == 0) continue;
    score.a = in_points(ratios_by_seed(of_a, Ratio::f1));
    score.b = in_points(ratios_by_seed(of_b, Ratio::f1));
    test(of_a, of_b, same, score);
    scores.push_back(std::move(score));
  }
  return scores;
}

}  // namespace spanlab::host::app
