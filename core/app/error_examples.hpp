// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "results/trial_errors.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host::app {

/// An error that some of the trials make, with its sentence.
struct ErrorExample {
  std::string category;  ///< `entity.boundary`
  std::size_t sentence = 0;
  std::string id;                   ///< the sentence's
  std::string text;                 ///< the sentence: [gold] and {predicted} spans
  std::string gold;                 ///< `Peop [Grace Hopper]`, `Work_For(Ada, IBM)`; empty: none
  std::string predicted;            ///< the same
  std::vector<std::int64_t> seeds;  ///< of the trials that make it
};

/// Which errors are wanted.
struct Wanted {
  std::optional<std::string> category;
  std::optional<std::string> type;
};

/// All categories that may be asked for: `entity.boundary`, `relation.direction` (strict),
/// `relation.argument.type`, `boundary.relation.direction`, and each group of them: `entity`, `relation`,
/// `relation.argument`.
SPANLAB_API std::vector<std::string> error_categories();

/// Errors of the category (of all of entities and strict relations where none is named) and of the type, on
/// one of its sides; those that most trials make first, then in the order of the text. Throws Error(usage)
/// with the nearest category or type.
SPANLAB_API std::vector<ErrorExample> error_examples(const SharedErrors& errors, const Wanted& wanted);

/// The words of a sentence, with marks around spans; a span that is both is marked as both.
SPANLAB_API std::string marked_sentence(const Sentence& sentence, const std::vector<Span>& gold,
                                        const std::vector<Span>& predicted);

}  // namespace spanlab::host::app
