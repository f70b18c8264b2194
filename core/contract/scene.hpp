// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <utility>

#include "spanlab/labeler.hpp"
#include "spanlab/loss.hpp"
#include "spanlab/sampler.hpp"
#include "tasks/candidates.hpp"

// What components are asked about: made-up sentences, and all that hosts make of them.

namespace spanlab::host::suite {

/// What is special about the sentences.
enum class Shape { ordinary, one_word, long_sentence, no_candidates };

/// The types of all scenes: three of entities, two of relations, one of which is symmetric.
SPANLAB_API const Inventory& inventory();

/// How many types candidates of a kind have; for words all tags but `O`.
SPANLAB_API std::int64_t types_of(HeadKind kind);

/// What a loss compares, besides the candidates.
struct Scores {
  at::Tensor scores;  ///< [N,C] random, a leaf
  at::Tensor targets, hard, first;
  Outputs outputs;  ///< the scores, and what a CRF says besides
};

/// A few sentences with entities and relations in two views, candidates and features of them; all random, by
/// a seed. Sentences have several units a word, with and without units around the words.
class SPANLAB_API Scene {
 public:
  Scene(std::uint64_t seed, Shape shape, at::ScalarType numbers = at::kFloat);
  Scene(const Scene&) = delete;

  Candidates candidates(HeadKind kind) const;
  /// One for each kind and number of columns, and the same whenever it is asked for.
  const Scores& scores(HeadKind kind, std::int64_t columns) const;

  /// The gold entities of a sentence, then negatives; and pairs of these in the same way.
  SpanSample spans(std::size_t sentence, std::size_t view) const;
  PairSample pairs(std::size_t sentence, std::size_t view) const;

  std::uint64_t seed() const { return seed_; }

  std::vector<Sentence> sentences;
  std::vector<EncodedSentence> encoded;
  Batch batch;
  Features features;  ///< leaves
  Outputs of_spans;   ///< of a task that gives spans: `identify` and `classify`, rows as candidates' places

  static constexpr std::int64_t kWidth = 12;  ///< of the features

 private:
  std::int64_t number(std::int64_t least, std::int64_t most);
  at::Tensor normal(at::IntArrayRef shape, double deviation);
  void add_sentence(std::int64_t words);
  Annotation annotation(std::int64_t words);
  void add_relations(Annotation& annotation);
  void add_candidates(std::size_t sentence);
  std::vector<std::int64_t> tags() const;
  Scores make_scores(HeadKind kind, std::int64_t columns) const;

  std::uint64_t seed_;
  Shape shape_;
  at::ScalarType numbers_;
  Generator generator_;
  PlacedPairs placed_;
  mutable std::map<std::pair<HeadKind, std::int64_t>, Scores> scores_;
};

}  // namespace spanlab::host::suite
