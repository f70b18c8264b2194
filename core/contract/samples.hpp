// SPDX-License-Identifier: MIT
#pragma once

#include "contract/subject.hpp"
#include "spanlab/head.hpp"

namespace spanlab::host::suite {

/// A sampler or a head as itself, for items that ask more than whether two answers are alike.
std::shared_ptr<Sampler> made_sampler(const Subject& subject, const Order& order);
std::shared_ptr<Head> made_head(const Subject& subject, const Order& order);

/// A sample as numbers: begin and end, or head and tail, of each candidate; the number of gold items of each
/// positive, then the items.
struct SampleNumbers {
  std::vector<std::int64_t> rows, gold;
};
SampleNumbers numbers_of(const SpanSample& sample);
SampleNumbers numbers_of(const PairSample& sample);

}  // namespace spanlab::host::suite
