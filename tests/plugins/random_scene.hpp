// SPDX-License-Identifier: MIT
#pragma once

#include <functional>

#include "plugins/spert_parts.hpp"
#include "host.hpp"

namespace spanlab::test {

/// Random sentences, spans, pairs and features, small enough that every edge occurs: sentences of one word,
/// spans at both ends and over all of a sentence, spans that touch or overlap, so that nothing is between
/// them, sentences and batches without candidates, several units a word, with and without units around the
/// words.
struct RandomScene {
  explicit RandomScene(std::uint64_t seed, std::int64_t most_words = 8);
  RandomScene(const RandomScene&) = delete;

  /// The units of the place's words, counted from the encoded sentences and not taken from candidates.
  Rows units_of(const PlacedSpan& place) const;
  /// Column-wise maximum of some rows of `states`, zeros of none.
  static at::Tensor maximum(const at::Tensor& states, const Rows& rows);
  /// The same between two spans of a sentence.
  at::Tensor between(const at::Tensor& states, const PlacedSpan& a, const PlacedSpan& b) const;

  Generator generator;
  Inventory inventory;
  std::vector<Sentence> sentences;
  std::vector<EncodedSentence> encoded;
  Batch batch;
  Features features;  ///< in double precision, as all that is random here
  PlacedPairs pairs;  ///< and the spans

 private:
  std::int64_t number(std::int64_t least, std::int64_t most);
  void add_sentence(std::int64_t words, bool surrounded);
  void add_candidates(std::int64_t sentence);
};

/// Checks what a head makes of candidates against `reference`, the same written down plainly, in both modes:
/// the values, and the gradients of a weighted sum of them by the head's parameters, by the features and by
/// what was said of the spans.
void compare(Head& head, const RandomScene& scene, const Candidates& candidates, const Outputs& of_spans,
             const std::function<Outputs(const Features&, const Outputs&)>& reference);

/// On so many scenes each head is tried.
inline constexpr std::uint64_t kScenes = 40;

/// A head for the scene without dropout, all of its weights of the order of 1.
std::shared_ptr<Head> random_head(const std::string& id, std::map<std::string, Value> values,
                                  const RandomScene& scene, std::vector<OutputShape> of_spans = {},
                                  const at::Tensor& widths = {});

}  // namespace spanlab::test
