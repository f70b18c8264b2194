// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "data/dataset.hpp"

namespace spanlab::host {

/// What synthetic noise does to an annotation.
enum class NoiseKind {
  type,      ///< an entity or relation gets another type, each as likely
  boundary,  ///< an entity begins or ends one word earlier or later, each possible shift as likely; relations
             ///< go with it
  drop,      ///< an entity is lost with its relations, or a relation
  spurious   ///< for an entity, another of its width and any type somewhere in the sentence; for a relation,
             ///< one between two entities without any
};

/// Label noise of a study's data, its settings `data.noise`.
struct Noise {
  NoiseKind kind = NoiseKind::type;
  double rate = 0;                 ///< the share of gold entities and relations that it strikes, [0, 1]
  std::vector<std::string> views;  ///< empty: all
  std::vector<std::string> parts{"train"};  ///< of train, dev, test
  std::int64_t seed = 1;

  friend bool operator==(const Noise&, const Noise&) = default;
};

/// Strikes each gold entity and relation with probability `rate`. Which ones depends on the seed, view,
/// sentence id and place in the sentence alone, not on other sentences, and a higher rate strikes all that a
/// lower one does. A change that would repeat an entity, or give a pair of entities a second relation, is not
/// made.
SPANLAB_API void add_noise(Corpus& corpus, const Noise& noise);

}  // namespace spanlab::host
