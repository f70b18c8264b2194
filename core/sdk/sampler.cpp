// SPDX-License-Identifier: MIT
#include "spanlab/sampler.hpp"

#include "spanlab/error.hpp"

namespace spanlab {

namespace {
[[noreturn]] void not_for(const char* what) {
  throw Error(ErrorKind::usage, "", std::string("this sampler does not choose ") + what);
}
}  // namespace

Sampler::~Sampler() = default;
SpanSample Sampler::sample_spans(const Sentence&, const Annotation&, Generator&) const { not_for("spans"); }
SpanSample Sampler::sample_words(const Sentence&, const Annotation&) const { not_for("words"); }
PairSample Sampler::sample_pairs(const Sentence&, const Annotation&, const Inventory&, const SpanSample&,
                                 Generator&) const {
  not_for("pairs");
}
std::vector<Span> Sampler::evaluation_spans(const Sentence&) const { not_for("spans"); }
std::vector<Pair> Sampler::evaluation_pairs(std::int32_t) const { return {}; }

}  // namespace spanlab
