// SPDX-License-Identifier: MIT
#include "contract/samples.hpp"

namespace spanlab::host::suite {

namespace {

void add_gold(SampleNumbers& numbers, const std::vector<GoldItems>& gold) {
  for (const GoldItems& items : gold) {
    numbers.gold.push_back(std::ssize(items));
    numbers.gold.insert(numbers.gold.end(), items.begin(), items.end());
  }
}

}  // namespace

SampleNumbers numbers_of(const SpanSample& sample) {
  SampleNumbers numbers;
  for (const Span& span : sample.spans) {
    numbers.rows.push_back(span.begin);
    numbers.rows.push_back(span.end);
  }
  add_gold(numbers, sample.gold);
  return numbers;
}

SampleNumbers numbers_of(const PairSample& sample) {
  SampleNumbers numbers;
  for (const Pair& pair : sample.pairs) {
    numbers.rows.push_back(pair.head);
    numbers.rows.push_back(pair.tail);
  }
  add_gold(numbers, sample.gold);
  return numbers;
}

}  // namespace spanlab::host::suite
