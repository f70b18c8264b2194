// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evaluate/metrics.hpp"

namespace spanlab::host {

/// What a text is that was drawn by itself: sentences of one document are like each other, so that the
/// document counts where the data know it.
enum class TextUnit { document, sentence };

/// One score's counts, of each document and type that has any.
struct ScoreCounts {
  struct Entry {
    std::int32_t document = 0;
    std::int32_t type = 0;
    ItemCounts counts;
    friend bool operator==(const Entry&, const Entry&) = default;
  };
  std::vector<std::string> types;
  std::vector<Entry> entries;  ///< by document, then type

  friend bool operator==(const ScoreCounts&, const ScoreCounts&) = default;
};

/// Where an evaluation's correct, predicted and gold items lie: what its micro scores are made of.
struct CountsByDocument {
  TextUnit unit = TextUnit::sentence;
  std::vector<std::string> documents;         ///< names, in the order of the text
  std::map<std::string, ScoreCounts> scores;  ///< `entity`, `relation.strict`, `union.spans`, …

  friend bool operator==(const CountsByDocument&, const CountsByDocument&) = default;
};

/// Counts nothing yet: the documents of these sentences, which are the sentences themselves unless each has a
/// document.
SPANLAB_API CountsByDocument documents_of(std::span<const Sentence> sentences);

/// Adds one group's scores, `entity`, `relation.boundary`, `relation.strict` and `spans` below its name
/// (score_groups.hpp), from annotations of the sentences that `counts` is made of. Throws Error(data) if the
/// three differ in number.
SPANLAB_API void add_counts(std::string_view group, std::span<const Sentence> sentences,
                            std::span<const Annotation> gold, std::span<const Annotation> predicted,
                            const Inventory& inventory, Overlap overlap, CountsByDocument& counts);

/// A measure that is a ratio of sums over documents.
enum class Measure { f1, precision, recall };

/// What a score path's number is made of.
struct CountedScore {
  Measure measure = Measure::f1;
  std::vector<ItemCounts> documents;
};

/// Of a score path of these counts (score_path.hpp): a micro average or one type's. None of another average
/// or measure, or where there are no such counts: it is no ratio of sums.
SPANLAB_API std::optional<CountedScore> counted_score(const CountsByDocument& counts, std::string_view path);

}  // namespace spanlab::host
