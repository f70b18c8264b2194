// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "report/results.hpp"
#include "statistics/system_counts.hpp"

namespace spanlab::host {

/// Two rows' counts on the same texts, or why there are none.
struct ComparedCounts {
  SystemCounts a;
  SystemCounts b;
  Ratio ratio = Ratio::f1;
  TextUnit unit = TextUnit::sentence;
  std::string reason;
};

/// Of a score path; the seeds in the order given.
ComparedCounts compared_counts(const std::vector<SeedValue>& a, const std::vector<SeedValue>& b,
                               const std::string& metric);

}  // namespace spanlab::host
