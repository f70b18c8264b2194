// SPDX-License-Identifier: MIT
#include "statistics/document_rows.hpp"

#include <numeric>

namespace spanlab::host {
namespace {

double divided(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

DocumentRows::DocumentRows(const SystemCounts& a, const SystemCounts& b, Ratio ratio)
    : documents_(a.documents), seeds_a_(a.seeds), seeds_b_(b.seeds), numbers_(documents_ * width()) {
  auto put = [&](const SystemCounts& system, std::size_t column) {
    for (std::size_t document = 0; document < documents_; ++document) {
      for (std::size_t seed = 0; seed < system.seeds; ++seed) {
        const Quotient quotient = quotient_of(system.at(seed, document), ratio);
        numbers_[document * width() + column + seed] = quotient.part;
        numbers_[document * width() + column + seed + width() / 2] = quotient.whole;
      }
    }
  };
  put(a, 0);
  put(b, seeds_a_);
}

std::span<const std::int64_t> DocumentRows::row(std::size_t document) const {
  return std::span(numbers_).subspan(document * width(), width());
}

std::vector<std::int64_t> DocumentRows::sum() const {
  std::vector<std::int64_t> sum(width());
  for (std::size_t i = 0; i < numbers_.size(); ++i) sum[i % width()] += numbers_[i];
  return sum;
}

void DocumentRows::ratios(std::span<const std::int64_t> sum, std::span<double> ratios) const {
  for (std::size_t seed = 0; seed < ratios.size(); ++seed)
    ratios[seed] = divided(sum[seed], sum[seed + ratios.size()]);
}

double DocumentRows::difference(std::span<const std::int64_t> sum) const {
  double a = 0, b = 0;
  for (std::size_t seed = 0; seed < seeds_a_ + seeds_b_; ++seed)
    (seed < seeds_a_ ? a : b) += divided(sum[seed], sum[seed + seeds_a_ + seeds_b_]);
  return a / static_cast<double>(seeds_a_) - b / static_cast<double>(seeds_b_);
}

}  // namespace spanlab::host
