// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <span>
#include <string>
#include <vector>

#include "sdk/call.hpp"
#include "spanlab/candidates.hpp"
#include "spanlab/encoder.hpp"
#include "spanlab/head.hpp"
#include "spanlab/loss.hpp"

// What components answer is looked at before the host works on with it: a row, a word or a type that does not
// exist would be read from memory that is nobody's, and values of another shape would train to another loss.
// Every check throws Error(trial) unless said otherwise.

namespace spanlab {

/// What an encoder reads of a sentence: units of every word.
SPANLAB_API void check_encoding(const Call& encoder, const Sentence& sentence,
                                const EncodedSentence& encoded);

/// [U,width] for the units of the batch, [S,width] for its sentences, beside the batch, in the number type of
/// the encoder's `weights`: single precision if it has none.
SPANLAB_API void check_features(const Call& encoder, const Features& features, const Batch& batch,
                                std::int64_t width, std::span<const at::Tensor> weights);

/// A table [rows,…] that has each of the rows `ids`.
SPANLAB_API void check_table(const Call& encoder, const std::string& name, const at::Tensor& table,
                             const std::set<std::int64_t>& ids);

/// A copy in bfloat16, laid out as the weight.
SPANLAB_API void check_copy(const Call& encoder, const std::string& name, const RoundedWeight& rounded);

/// Spans of words that are there.
SPANLAB_API void check_spans(const Call& sampler, std::span<const Span> spans, const Sentence& sentence);

/// The same of sampled ones, and gold items among `items`.
SPANLAB_API void check_sample(const Call& sampler, const SpanSample& sample, const Sentence& sentence,
                              std::size_t items);

/// Pairs of `spans` spans.
SPANLAB_API void check_pairs(const Call& sampler, std::span<const Pair> pairs, std::size_t spans);

/// The same of sampled ones, and gold items among `items`.
SPANLAB_API void check_sample(const Call& sampler, const PairSample& sample, std::size_t spans,
                              std::size_t items);

/// Every target in [0,1].
SPANLAB_API void check_targets(const Call& labeler, std::span<const float> targets);

/// What a head says of itself when it is built: outputs with columns, each once; a table of widths
/// [widths,dimensions], if any. Throws Error(plugin).
SPANLAB_API void check_head(const Call& head, const Head& built);

/// Every output that `shapes` lists, one row per candidate, of the features' number type and beside them.
SPANLAB_API void check_outputs(const Call& head, const Outputs& outputs, std::span<const OutputShape> shapes,
                               std::int64_t candidates, const at::Tensor& features);

/// Decisions about candidates, by row, then type, with what `kind` promises: they are about the candidates'
/// own spans; of words, their spans begin with the candidate and end in its sentence; of pairs, they stand in
/// the candidate's sentence.
SPANLAB_API void check_decisions(const Call& head, HeadKind kind, std::span<const Decision> decisions,
                                 const Candidates& candidates);

/// Types of which there are so many.
SPANLAB_API void check_types(const Call& head, std::span<const Decision> decisions, std::size_t types);

/// One value per candidate, or where allowed per sentence; samples as values.
SPANLAB_API void check_loss(const Call& loss, const LossInput& input, const LossValues& values);

/// Samples in all: not less than none.
SPANLAB_API void check_samples(const Call& loss, double samples);

}  // namespace spanlab
