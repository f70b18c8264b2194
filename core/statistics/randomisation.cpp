// SPDX-License-Identifier: MIT
#include "statistics/randomisation.hpp"

#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "statistics/document_rows.hpp"

namespace spanlab::host {
namespace {

SystemCounts with_copies(const SystemCounts& system, std::size_t seeds) {
  SystemCounts copies{seeds, system.documents, {}};
  for (std::size_t seed = 0; seed < seeds; ++seed) {
    const std::span<const Counts> documents = system.of_seed(seed % system.seeds);
    copies.counts.insert(copies.counts.end(), documents.begin(), documents.end());
  }
  return copies;
}

/// Two systems whose answers on a document can be exchanged, and how often that leaves them as far apart.
class Swaps {
 public:
  Swaps(const SystemCounts& a, const SystemCounts& b, Ratio ratio)
      : rows_(with_copies(a, std::lcm(a.seeds, b.seeds)), with_copies(b, std::lcm(a.seeds, b.seeds)), ratio),
        observed_(rows_.sum()),
        difference_(rows_.difference(observed_)),
        seeds_(rows_.seeds_a()),
        changes_(rows_.documents() * width()) {
    for (std::size_t document = 0; document < rows_.documents(); ++document) {
      for (std::size_t i = 0; i < width(); ++i) changes_[document * width() + i] = change(document, i);
    }
  }

  const std::vector<std::int64_t>& observed() const { return observed_; }
  double difference() const { return difference_; }
  std::size_t documents() const { return rows_.documents(); }

  /// Adds to a sum of rows what exchanging a document changes; `sign` -1 takes it back.
  void swap(std::size_t document, std::int64_t sign, std::vector<std::int64_t>& sum) const {
    const std::int64_t* changes = changes_.data() + document * width();
    for (std::size_t i = 0; i < width(); ++i) sum[i] += sign * changes[i];
  }

  void judge(const std::vector<std::int64_t>& sum) {
    const double swapped = rows_.difference(sum);
    as_far_ += std::abs(swapped) >= std::abs(difference_) - kEqualDifferences;
    as_high_ += swapped >= difference_ - kEqualDifferences;
    ++tried_;
  }

  /// `more` is counted as one more swap that is as far.
  Randomisation result(std::size_t more) const {
    const double all = static_cast<double>(tried_ + more);
    return {difference_, static_cast<double>(as_far_ + more) / all,
            static_cast<double>(as_high_ + more) / all, tried_};
  }

 private:
  std::size_t width() const { return rows_.width(); }

  /// In column i: what the other system has there, less what is there.
  std::int64_t change(std::size_t document, std::size_t i) const {
    const std::span<const std::int64_t> row = rows_.row(document);
    const bool of_a = i / seeds_ % 2 == 0;
    return row[of_a ? i + seeds_ : i - seeds_] - row[i];
  }

  DocumentRows rows_;
  std::vector<std::int64_t> observed_;
  double difference_;
  std::size_t seeds_;
  std::vector<std::int64_t> changes_;
  std::size_t as_far_ = 0, as_high_ = 0, tried_ = 0;
};

}  // namespace

Randomisation randomisation_over_documents(const SystemCounts& a, const SystemCounts& b, Ratio ratio,
                                           std::size_t draws, Generator& generator) {
  check_comparable(a, b);
  Swaps swaps(a, b, ratio);
  std::vector<std::int64_t> sum;
  for (std::size_t draw = 0; draw < draws; ++draw) {
    sum = swaps.observed();
    std::uint64_t coins = 0;
    for (std::size_t document = 0; document < swaps.documents(); ++document, coins >>= 1) {
      if (document % 64 == 0) coins = generator.next();
      if (coins & 1) swaps.swap(document, 1, sum);
    }
    swaps.judge(sum);
  }
  return swaps.result(1);
}

Randomisation exact_randomisation_over_documents(const SystemCounts& a, const SystemCounts& b, Ratio ratio) {
  check_comparable(a, b);
  if (a.documents > kMostExactDocuments)
    throw std::invalid_argument(
        fmt::format("{} documents: all swaps are tried of {} at most", a.documents, kMostExactDocuments));
  Swaps swaps(a, b, ratio);
  std::vector<std::int64_t> sum = swaps.observed();
  swaps.judge(sum);
  // In the order of Gray's code each pattern differs from the one before in one document.
  for (std::size_t pattern = 1; pattern < std::size_t{1} << a.documents; ++pattern) {
    const auto document = static_cast<std::size_t>(std::countr_zero(pattern));
    const bool swapped = (pattern ^ pattern >> 1) >> document & 1;
    swaps.swap(document, swapped ? 1 : -1, sum);
    swaps.judge(sum);
  }
  return swaps.result(0);
}

}  // namespace spanlab::host
