// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <span>
#include <string>
#include <vector>

#include "spanlab/candidates.hpp"
#include "spanlab/encoder.hpp"
#include "spanlab/head.hpp"
#include "spanlab/loss.hpp"

// What components answer is looked at before the host works on with it: a row, a word or a type that does not
// exist would be read from memory that is nobody's, and values of another shape would train to another loss.
// Every check throws Error(trial) unless said otherwise.

namespace spanlab::host {

/// Whose answer is looked at.
struct Answerer {
  std::string place;      ///< in the configuration, such as `entity.loss.classify`
  std::string component;  ///< what and where from, such as `loss/bce of /…/bce.so`; may be empty
};

/// What an encoder reads of a sentence: units of every word, in itself and in what its inner encoder reads.
void check_encoding(const Answerer& encoder, const Sentence& sentence, const EncodedSentence& encoded);

/// [U,width] for the units of the batch, [S,width] for its sentences.
void check_features(const Answerer& encoder, const Features& features, const Batch& batch,
                    std::int64_t width);

/// A table [rows,…] that has each of the rows `ids`.
void check_table(const Answerer& encoder, const std::string& name, const at::Tensor& table,
                 const std::set<std::int64_t>& ids);

/// A copy in bfloat16, laid out as the weight.
void check_copy(const Answerer& encoder, const std::string& name, const RoundedWeight& rounded);

/// Spans of words that are there.
void check_spans(const Answerer& sampler, std::span<const Span> spans, const Sentence& sentence);

/// The same of sampled ones, and gold items among `items`.
void check_sample(const Answerer& sampler, const SpanSample& sample, const Sentence& sentence,
                  std::size_t items);

/// Pairs of `spans` spans.
void check_pairs(const Answerer& sampler, std::span<const Pair> pairs, std::size_t spans);

/// The same of sampled ones, and gold items among `items`.
void check_sample(const Answerer& sampler, const PairSample& sample, std::size_t spans, std::size_t items);

/// Every target in [0,1].
void check_targets(const Answerer& labeler, std::span<const float> targets);

/// What a head says of itself when it is built: outputs with columns, each once; a table of widths
/// [widths,dimensions], if any. Throws Error(plugin).
void check_head(const Answerer& head, const Head& built);

/// Every output that `shapes` lists, one row per candidate.
void check_outputs(const Answerer& head, const Outputs& outputs, std::span<const OutputShape> shapes,
                   std::int64_t candidates);

/// Decisions about candidates, by row, then type, of `types` types. What else their kind promises:
void check_decisions(const Answerer& head, std::span<const Decision> decisions, std::int64_t candidates,
                     std::size_t types);
/// … they are about the candidates' own spans;
SPANLAB_API void check_entities(const Answerer& head, std::span<const Decision> decisions,
                                const Candidates& candidates);
/// … their spans begin with the candidate, a word, and end in its sentence;
SPANLAB_API void check_tagged(const Answerer& head, std::span<const Decision> decisions,
                              const Candidates& candidates);
/// … they stand in the sentence of the candidate, one of `pairs`.
void check_related(const Answerer& head, std::span<const Decision> decisions, const Candidates& candidates,
                   std::span<const Pair> pairs);

/// What a loss may give values for.
enum class LossRows { candidates, candidates_or_sentences };

/// One value per candidate, or where allowed per sentence; samples as values.
void check_loss(const Answerer& loss, LossRows rows, const LossValues& values, const Candidates& candidates);

/// Samples in all: not less than none.
void check_samples(const Answerer& loss, double samples);

}  // namespace spanlab::host
