// SPDX-License-Identifier: MIT
#include "statistics/system_counts.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "statistics/moments.hpp"

namespace spanlab::host {
namespace {

void check_whole(const SystemCounts& system) {
  if (system.seeds == 0) throw std::invalid_argument("a system without seeds");
  if (system.counts.size() != system.seeds * system.documents)
    throw std::invalid_argument(fmt::format("{} counts for {} seeds and {} documents", system.counts.size(),
                                            system.seeds, system.documents));
}

}  // namespace

Counts& Counts::operator+=(const Counts& other) {
  correct += other.correct;
  wrong += other.wrong;
  missed += other.missed;
  return *this;
}

Quotient quotient_of(const Counts& counts, Ratio ratio) {
  switch (ratio) {
    case Ratio::f1:
      return {2 * counts.correct, 2 * counts.correct + counts.wrong + counts.missed};
    case Ratio::precision:
      return {counts.correct, counts.correct + counts.wrong};
    case Ratio::recall:
      return {counts.correct, counts.correct + counts.missed};
  }
  throw std::invalid_argument("no such ratio");
}

double ratio_of(const Counts& counts, Ratio ratio) {
  const Quotient quotient = quotient_of(counts, ratio);
  return quotient.whole == 0 ? 0.0 : static_cast<double>(quotient.part) / static_cast<double>(quotient.whole);
}

std::span<const Counts> SystemCounts::of_seed(std::size_t seed) const {
  return std::span(counts).subspan(seed * documents, documents);
}

std::vector<double> ratios_by_seed(const SystemCounts& system, Ratio ratio) {
  std::vector<double> ratios;
  for (std::size_t seed = 0; seed < system.seeds; ++seed) {
    Counts sum;
    for (const Counts& counts : system.of_seed(seed)) sum += counts;
    ratios.push_back(ratio_of(sum, ratio));
  }
  return ratios;
}

double mean_difference(const SystemCounts& a, const SystemCounts& b, Ratio ratio) {
  return mean_of(ratios_by_seed(a, ratio)) - mean_of(ratios_by_seed(b, ratio));
}

void check_comparable(const SystemCounts& a, const SystemCounts& b) {
  check_whole(a);
  check_whole(b);
  if (a.documents != b.documents)
    throw std::invalid_argument(
        fmt::format("{} documents of one system, {} of the other", a.documents, b.documents));
  if (a.documents == 0) throw std::invalid_argument("no documents to compare systems on");
}

}  // namespace spanlab::host
