// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <vector>

#include "data/dataset.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host {

/// An abstract of a set: its sentences follow each other.
struct AbstractSentences {
  std::string id;
  std::span<const Sentence> sentences;
};

/// The abstracts of a built set that differ from the released ones, by id, in the order of the built set.
struct AbstractDifferences {
  std::vector<std::string> only_built;
  std::vector<std::string> only_released;
  /// Sentences begin elsewhere.
  std::vector<std::string> sentences;
  /// Words are spelled or cut otherwise, or not there in one of them.
  std::vector<std::string> words;
  /// Entities of view `sci` or `sem` are of other words, or not there in one of them.
  std::vector<std::string> entities[2];
  /// Relations differ in more than the direction of Evaluate-for.
  std::vector<std::string> relations[2];
  /// They differ in that alone.
  std::vector<std::string> turned;
};

/// The released abstracts: a sentence's id says where it stands and which abstract it is of
/// (`from_0_to_1_SemEval-J87-1003_and_SciERC-0_0_MATCHED`, `from_3_to_4_P03-1051`). Some only have the number
/// of the abstract in a part of SciERC (`from_0_to_1_17_0`): these are known by their text alone.
SPANLAB_API std::vector<AbstractSentences> released_abstracts(std::span<const Sentence> sentences);

/// The built abstracts, by document.
SPANLAB_API std::vector<AbstractSentences> built_abstracts(std::span<const Sentence> sentences);

/// Finds each built abstract among the released ones, by id, else by its letters, and compares the two.
/// Released words are carried over to the built ones by aligning their letters (projection.hpp), so that
/// neither spelling nor the cut of sentences makes a difference. `types` are the types of both views, the
/// same in both sets.
AbstractDifferences differences(std::span<const AbstractSentences> built,
                                std::span<const AbstractSentences> released,
                                std::span<const Inventory> types);

}  // namespace spanlab::host
