// SPDX-License-Identifier: MIT
#include "statistics/runs_on_tasks.hpp"

#include <algorithm>
#include <functional>
#include <stdexcept>

#include "statistics/effect_sizes.hpp"
#include "statistics/moments.hpp"
#include "statistics/resampling.hpp"

namespace spanlab::host {
namespace {

void check_scores(const RunsOnTasks& scores) {
  if (scores.values.empty() || scores.values.size() != scores.runs * scores.tasks)
    throw std::invalid_argument("scores of runs and tasks expected");
}

/// For each task as many of its runs, drawn with replacement.
RunsOnTasks drawn(const RunsOnTasks& scores, Generator& generator) {
  RunsOnTasks drawn = scores;
  for (std::size_t run = 0; run < scores.runs; ++run) {
    for (std::size_t task = 0; task < scores.tasks; ++task)
      drawn.values[run * scores.tasks + task] = scores.at(generator.below(scores.runs), task);
  }
  return drawn;
}

std::vector<double> of_task(const RunsOnTasks& scores, std::size_t task) {
  std::vector<double> values;
  for (std::size_t run = 0; run < scores.runs; ++run) values.push_back(scores.at(run, task));
  return values;
}

Interval interval_of(std::size_t resamples, double confidence, const std::function<double()>& statistic) {
  if (resamples == 0) throw std::invalid_argument("an interval needs resamples");
  std::vector<double> values(resamples);
  std::ranges::generate(values, statistic);
  std::ranges::sort(values);
  return percentile_interval(values, confidence);
}

}  // namespace

double interquartile_mean(std::span<const double> values) {
  if (values.empty()) throw std::invalid_argument("no values to average");
  std::vector<double> sorted(values.begin(), values.end());
  std::ranges::sort(sorted);
  const std::size_t dropped = sorted.size() / 4;
  return mean_of(std::span(sorted).subspan(dropped, sorted.size() - 2 * dropped));
}

Interval interquartile_mean_interval(const RunsOnTasks& scores, std::size_t resamples, Generator& generator,
                                     double confidence) {
  check_scores(scores);
  return interval_of(resamples, confidence,
                     [&] { return interquartile_mean(drawn(scores, generator).values); });
}

double probability_of_improvement(const RunsOnTasks& a, const RunsOnTasks& b) {
  check_scores(a);
  check_scores(b);
  if (a.tasks != b.tasks) throw std::invalid_argument("two systems need the same tasks");
  double sum = 0;
  for (std::size_t task = 0; task < a.tasks; ++task) sum += a12(of_task(a, task), of_task(b, task));
  return sum / static_cast<double>(a.tasks);
}

Interval probability_of_improvement_interval(const RunsOnTasks& a, const RunsOnTasks& b,
                                             std::size_t resamples, Generator& generator, double confidence) {
  check_scores(a);
  check_scores(b);
  return interval_of(resamples, confidence,
                     [&] { return probability_of_improvement(drawn(a, generator), drawn(b, generator)); });
}

}  // namespace spanlab::host
