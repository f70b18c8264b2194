// SPDX-License-Identifier: MIT
#include "statistics/linearised.hpp"

#include <algorithm>
#include <functional>

namespace spanlab::host {
namespace {

/// z of one seed. Where nothing is counted in any document the ratio is 0 and no document changes it.
void add_seed(std::span<const Counts> documents, double ratio, Ratio kind, std::vector<double>& z) {
  double wholes = 0;
  for (const Counts& counts : documents) wholes += static_cast<double>(quotient_of(counts, kind).whole);
  const double scale = wholes == 0 ? 0 : static_cast<double>(documents.size()) / wholes;
  for (const Counts& counts : documents) {
    const Quotient quotient = quotient_of(counts, kind);
    z.push_back((static_cast<double>(quotient.part) - ratio * static_cast<double>(quotient.whole)) * scale);
  }
}

}  // namespace

Linearised linearise(const SystemCounts& system, Ratio ratio) {
  Linearised linear{system.seeds, system.documents, ratios_by_seed(system, ratio)};
  for (std::size_t seed = 0; seed < system.seeds; ++seed)
    add_seed(system.of_seed(seed), linear.ratios[seed], ratio, linear.z);
  for (std::size_t document = 0; document < system.documents; ++document) {
    double sum = 0;
    for (std::size_t seed = 0; seed < system.seeds; ++seed)
      sum += linear.z[seed * system.documents + document];
    linear.means.push_back(sum / static_cast<double>(system.seeds));
  }
  return linear;
}

Linearised difference_of(const Linearised& a, const Linearised& b) {
  return {a.seeds, a.documents, minus(a.ratios, b.ratios), minus(a.z, b.z), minus(a.means, b.means)};
}

double interaction_of(const Linearised& system) {
  double squares = 0;
  for (std::size_t i = 0; i < system.z.size(); ++i) {
    const double rest = system.z[i] - system.means[i % system.documents];
    squares += rest * rest;
  }
  const double seeds = static_cast<double>(system.seeds), documents = static_cast<double>(system.documents);
  return squares / ((seeds - 1) * (documents - 1)) / (seeds * documents);
}

std::vector<double> minus(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<double> differences(a.size());
  std::ranges::transform(a, b, differences.begin(), std::minus{});
  return differences;
}

}  // namespace spanlab::host
