// SPDX-License-Identifier: MIT
#include "statistics/two_way.hpp"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <stdexcept>

#include "statistics/linearised.hpp"
#include "statistics/moments.hpp"

namespace spanlab::host {
namespace {

/// A part of a variance and the degrees of freedom that it is known to.
struct VariancePart {
  double variance;
  std::size_t degrees;
};

void check_documents(const SystemCounts& a, const SystemCounts& b) {
  check_comparable(a, b);
  if (a.documents < 2) throw std::invalid_argument("one document does not tell how documents differ");
}

void check_seeds(const SystemCounts& a, const SystemCounts& b) {
  if (a.seeds < 2 || b.seeds < 2) throw std::invalid_argument("one seed does not tell how seeds differ");
}

/// The test of the sum of `used`, degrees of freedom by Satterthwaite.
TwoWayTest test_of(double difference, const VarianceParts& parts, std::initializer_list<VariancePart> used,
                   double confidence) {
  double variance = 0, squares = 0;
  for (const VariancePart& part : used) {
    variance += part.variance;
    squares += part.variance * part.variance / static_cast<double>(part.degrees);
  }
  const double degrees = variance * variance / squares;
  return {t_test(difference, std::sqrt(variance), degrees, confidence), parts, variance};
}

double over_seeds(const Linearised& system) {
  return variance_of(system.ratios) / static_cast<double>(system.seeds);
}

double over_documents(const Linearised& a, const Linearised& b) {
  const std::vector<double> differences = minus(a.means, b.means);
  return variance_of(differences) / static_cast<double>(a.documents);
}

VarianceParts parts_of(const Linearised& a, const Linearised& b) {
  VarianceParts parts;
  parts.seed_a = over_seeds(a);
  parts.seed_b = over_seeds(b);
  parts.documents = over_documents(a, b);
  parts.interaction = interaction_of(a) + interaction_of(b);
  return parts;
}

}  // namespace

TwoWayTest two_way_t_sum(const SystemCounts& a, const SystemCounts& b, Ratio ratio, double confidence) {
  check_documents(a, b);
  check_seeds(a, b);
  const VarianceParts parts = parts_of(linearise(a, ratio), linearise(b, ratio));
  return test_of(
      mean_difference(a, b, ratio), parts,
      {{parts.seed_a, a.seeds - 1}, {parts.seed_b, b.seeds - 1}, {parts.documents, a.documents - 1}},
      confidence);
}

TwoWayTest two_way_t(const SystemCounts& a, const SystemCounts& b, Ratio ratio, double confidence) {
  check_documents(a, b);
  check_seeds(a, b);
  const VarianceParts parts = parts_of(linearise(a, ratio), linearise(b, ratio));
  const double documents = std::max(0.0, parts.documents - parts.interaction);
  return test_of(mean_difference(a, b, ratio), parts,
                 {{parts.seed_a, a.seeds - 1}, {parts.seed_b, b.seeds - 1}, {documents, a.documents - 1}},
                 confidence);
}

TwoWayTest two_way_t_paired(const SystemCounts& a, const SystemCounts& b, Ratio ratio, double confidence) {
  check_documents(a, b);
  check_seeds(a, b);
  if (a.seeds != b.seeds) throw std::invalid_argument("paired seeds need as many of the one as of the other");
  const Linearised paired = difference_of(linearise(a, ratio), linearise(b, ratio));
  VarianceParts parts;
  parts.seed_paired = over_seeds(paired);
  parts.documents = variance_of(paired.means) / static_cast<double>(paired.documents);
  parts.interaction = interaction_of(paired);
  const double documents = std::max(0.0, parts.documents - parts.interaction);
  return test_of(mean_difference(a, b, ratio), parts,
                 {{parts.seed_paired, a.seeds - 1}, {documents, a.documents - 1}}, confidence);
}

TwoWayTest documents_linearised_t(const SystemCounts& a, const SystemCounts& b, Ratio ratio,
                                  double confidence) {
  check_documents(a, b);
  VarianceParts parts;
  parts.documents = over_documents(linearise(a, ratio), linearise(b, ratio));
  return test_of(mean_difference(a, b, ratio), parts, {{parts.documents, a.documents - 1}}, confidence);
}

}  // namespace spanlab::host
