// SPDX-License-Identifier: MIT
#pragma once

#include "statistics/system_counts.hpp"
#include "statistics/t_tests.hpp"

// The difference between two systems' mean ratios over seeds, where both the seeds and the documents are
// samples. Closed forms without random numbers: the ratio of a seed is made a mean over documents of
//   z(s, r, d) = (part - F(s, r) · whole) / (mean of whole over documents)
// (linearisation of a ratio), and zbar(s, d) is the mean of z over the seeds of system s. The systems' seeds
// are independent runs and may differ in number. Calibrated in reports/statistics.

namespace spanlab::host {

/// What the variance of the difference consists of. Each part is already divided by its number of seeds or
/// documents; a part that a procedure does not use is 0.
struct VarianceParts {
  double seed_a = 0;       ///< variance of F over the seeds of a, over their number
  double seed_b = 0;       ///< the same of b
  double seed_paired = 0;  ///< instead of both: of F(a, r) - F(b, r)
  double documents = 0;    ///< variance over documents of zbar(a, d) - zbar(b, d), over their number
  double interaction = 0;  ///< what a document varies with the seed, contained in the parts of both
};

struct TwoWayTest : TTest {
  VarianceParts parts;
  double variance = 0;  ///< of the difference: the square of `standard_error`
};

/// For the claim that one method is better than another, on new seeds and new texts: variance
/// seed_a + seed_b + documents. The interaction is counted twice; this reserve keeps the test honest with
/// three seeds. std::invalid_argument below two seeds or documents, or for unequal numbers of documents.
SPANLAB_API TwoWayTest two_way_t_sum(const SystemCounts& a, const SystemCounts& b, Ratio ratio,
                                     double confidence = 0.95);

/// The same with the interaction taken off: seed_a + seed_b + max(0, documents - interaction).
SPANLAB_API TwoWayTest two_way_t(const SystemCounts& a, const SystemCounts& b, Ratio ratio,
                                 double confidence = 0.95);

/// For systems whose seeds belong together in pairs (the same number of them): seed_paired + max(0, documents
/// - interaction), where the interaction is that of z(a, r, d) - z(b, r, d). std::invalid_argument also for
/// unequal numbers of seeds.
SPANLAB_API TwoWayTest two_way_t_paired(const SystemCounts& a, const SystemCounts& b, Ratio ratio,
                                        double confidence = 0.95);

/// For the claim about these trained models on texts like these: `documents` alone, with one less degree of
/// freedom than documents. One seed is enough.
SPANLAB_API TwoWayTest documents_linearised_t(const SystemCounts& a, const SystemCounts& b, Ratio ratio,
                                              double confidence = 0.95);

}  // namespace spanlab::host
