// SPDX-License-Identifier: MIT
// The one home of the interfaces' vtables and type information: every plugin links this library.
#include "spanlab/component.hpp"
#include "spanlab/encoder.hpp"
#include "spanlab/error.hpp"
#include "spanlab/head.hpp"
#include "spanlab/labeler.hpp"
#include "spanlab/loss.hpp"
#include "spanlab/sampler.hpp"
#include "spanlab/tags.hpp"

namespace spanlab {

namespace {
[[noreturn]] void not_for(const char* what) {
  throw Error(ErrorKind::usage, "", std::string("this sampler does not choose ") + what);
}
}  // namespace

Encoder::~Encoder() = default;
std::string Encoder::vocabulary() const { return {}; }
Encoder* Encoder::frozen() { return nullptr; }
std::vector<std::string> Encoder::sparse_tables() const { return {}; }
std::vector<RoundedWeight> Encoder::rounded_weights() const { return {}; }

Head::~Head() = default;
std::string Head::task_kind() const {
  if (kind() == HeadKind::spans) return "spans";
  return kind() == HeadKind::pairs ? "pairs" : "words";
}
bool Head::reads_spans_outputs() const { return false; }
at::Tensor Head::widths() const { return {}; }

Loss::~Loss() = default;
bool Loss::accepts(std::int64_t columns, std::int64_t types) const { return columns == types; }

Registrar::~Registrar() = default;

SoftLabeler::~SoftLabeler() = default;
void SoftLabeler::label_words(const Sentence& sentence, std::size_t view, std::size_t types,
                              std::span<float> targets) const {
  const std::vector<std::int64_t> tags =
      to_tags(sentence.views[view], static_cast<std::int64_t>(sentence.words.size()));
  for (std::size_t word = 0; word < tags.size(); ++word) {
    if (tags[word] > 0) targets[word * types + static_cast<std::size_t>(tags[word]) - 1] = 1;
  }
}

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
