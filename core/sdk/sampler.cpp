// SPDX-License-Identifier: MIT
#include "spanlab/sampler.hpp"

#include "sdk/answers.hpp"
#include "spanlab/error.hpp"

namespace spanlab {

namespace {
[[noreturn]] void not_for(const char* what) {
  throw Error(ErrorKind::usage, "", std::string("this sampler does not choose ") + what);
}
}  // namespace

Sampler::~Sampler() = default;

SpanSample Sampler::do_sample_spans(const Sentence&, const Annotation&, Generator&) const {
  not_for("spans");
}
SpanSample Sampler::do_sample_words(const Sentence&, const Annotation&) const { not_for("words"); }
PairSample Sampler::do_sample_pairs(const Sentence&, const Annotation&, const Inventory&, const SpanSample&,
                                    Generator&) const {
  not_for("pairs");
}
std::vector<Span> Sampler::do_evaluation_spans(const Sentence&) const { not_for("spans"); }
std::vector<Pair> Sampler::do_evaluation_pairs(std::int32_t) const { return {}; }

SpanSample Sampler::sample_spans(const Sentence& sentence, const Annotation& gold,
                                 Generator& generator) const {
  const Call call(context(), "sample_spans");
  SpanSample sample = call([&] { return do_sample_spans(sentence, gold, generator); });
  check_sample(call, sample, sentence, gold.entities.size());
  return sample;
}

SpanSample Sampler::sample_words(const Sentence& sentence, const Annotation& gold) const {
  const Call call(context(), "sample_words");
  SpanSample sample = call([&] { return do_sample_words(sentence, gold); });
  check_sample(call, sample, sentence, gold.entities.size());
  return sample;
}

PairSample Sampler::sample_pairs(const Sentence& sentence, const Annotation& gold, const Inventory& inventory,
                                 const SpanSample& spans, Generator& generator) const {
  const Call call(context(), "sample_pairs");
  PairSample sample = call([&] { return do_sample_pairs(sentence, gold, inventory, spans, generator); });
  check_sample(call, sample, spans.spans.size(), gold.relations.size());
  return sample;
}

std::vector<Span> Sampler::evaluation_spans(const Sentence& sentence) const {
  const Call call(context(), "evaluation_spans");
  std::vector<Span> spans = call([&] { return do_evaluation_spans(sentence); });
  check_spans(call, spans, sentence);
  return spans;
}

std::vector<Pair> Sampler::evaluation_pairs(std::int32_t spans) const {
  const Call call(context(), "evaluation_pairs");
  std::vector<Pair> pairs = call([&] { return do_evaluation_pairs(spans); });
  check_pairs(call, pairs, static_cast<std::size_t>(spans));
  return pairs;
}

}  // namespace spanlab
