// SPDX-License-Identifier: MIT
#include "statistics/bootstrap.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <stdexcept>

#include "statistics/document_rows.hpp"
#include "statistics/moments.hpp"
#include "statistics/resampling.hpp"

namespace spanlab::host {
namespace {

/// The sum of as many rows as there are documents, drawn with replacement.
void draw_documents(const DocumentRows& rows, Generator& generator, std::vector<std::int64_t>& sum) {
  std::ranges::fill(sum, 0);
  const std::size_t width = rows.width();
  for (std::size_t i = 0; i < rows.documents(); ++i) {
    const std::int64_t* row = rows.row(generator.below(rows.documents())).data();
    for (std::size_t column = 0; column < width; ++column) sum[column] += row[column];
  }
}

/// Mean ratio of seeds drawn with replacement, a's less b's.
double draw_seeds(const DocumentRows& rows, std::span<const double> ratios, bool paired,
                  Generator& generator) {
  double a = 0, b = 0;
  for (std::size_t i = 0; i < rows.seeds_a(); ++i) {
    const std::size_t seed = generator.below(rows.seeds_a());
    a += ratios[seed];
    if (paired) b += ratios[rows.seeds_a() + seed];
  }
  for (std::size_t i = 0; !paired && i < rows.seeds_b(); ++i)
    b += ratios[rows.seeds_a() + generator.below(rows.seeds_b())];
  return a / static_cast<double>(rows.seeds_a()) - b / static_cast<double>(rows.seeds_b());
}

std::vector<double> resampled_differences(const DocumentRows& rows, Resampled resampled,
                                          std::size_t resamples, Generator& generator) {
  std::vector<double> differences, ratios(rows.width() / 2);
  std::vector<std::int64_t> sum(rows.width());
  for (std::size_t i = 0; i < resamples; ++i) {
    draw_documents(rows, generator, sum);
    if (resampled == Resampled::documents) {
      differences.push_back(rows.difference(sum));
    } else {
      rows.ratios(sum, ratios);
      const bool paired = resampled == Resampled::documents_and_paired_seeds;
      differences.push_back(draw_seeds(rows, ratios, paired, generator));
    }
  }
  return differences;
}

std::optional<double> z0_of(std::span<const double> sorted, double observed) {
  const auto below = std::ranges::lower_bound(sorted, observed - kEqualDifferences) - sorted.begin();
  const auto not_above = std::ranges::upper_bound(sorted, observed + kEqualDifferences) - sorted.begin();
  const double share = static_cast<double>(below + not_above) / 2 / static_cast<double>(sorted.size());
  if (share == 0 || share == 1) return {};
  return quantile(boost::math::normal(), share);
}

std::optional<double> acceleration_of(const DocumentRows& rows) {
  std::vector<std::int64_t> sum = rows.sum();
  std::vector<double> without;
  for (std::size_t document = 0; document < rows.documents(); ++document) {
    const std::span<const std::int64_t> row = rows.row(document);
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] -= row[i];
    without.push_back(rows.difference(sum));
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += row[i];
  }
  if (rows.documents() < 2 || all_equal(without)) return {};
  const double mean = mean_of(without);
  double squares = 0, cubes = 0;
  for (double value : without) {
    const double d = mean - value;
    squares += d * d;
    cubes += d * d * d;
  }
  return cubes / (6 * std::pow(squares, 1.5));
}

Interval bca_interval(std::span<const double> sorted, double z0, double acceleration, double confidence) {
  const boost::math::normal standard;
  auto limit = [&](double share) {
    const double z = z0 + quantile(standard, share);
    return quantile_of(sorted, cdf(standard, z0 + z / (1 - acceleration * z)));
  };
  const double tail = (1 - confidence) / 2;
  return {limit(tail), limit(1 - tail)};
}

}  // namespace

Bootstrap bootstrap_over_documents(const SystemCounts& a, const SystemCounts& b, Ratio ratio,
                                   Resampled resampled, std::size_t resamples, Generator& generator,
                                   double confidence) {
  check_comparable(a, b);
  if (resamples < 2) throw std::invalid_argument("a bootstrap needs two resamples or more");
  if (resampled == Resampled::documents_and_paired_seeds && a.seeds != b.seeds)
    throw std::invalid_argument("paired seeds need as many of the one as of the other");
  const DocumentRows rows(a, b, ratio);
  std::vector<double> differences = resampled_differences(rows, resampled, resamples, generator);
  Bootstrap bootstrap{.difference = rows.difference(rows.sum())};
  bootstrap.deviation = std::sqrt(variance_of(differences));
  std::ranges::sort(differences);
  bootstrap.percentile = percentile_interval(differences, confidence);
  bootstrap.z0 = z0_of(differences, bootstrap.difference);
  bootstrap.acceleration = acceleration_of(rows);
  if (bootstrap.z0 && bootstrap.acceleration)
    bootstrap.bca = bca_interval(differences, *bootstrap.z0, *bootstrap.acceleration, confidence);
  return bootstrap;
}

}  // namespace spanlab::host
