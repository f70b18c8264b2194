// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "data/card.hpp"
#include "data/dataset.hpp"
#include "spanlab/marked_text.hpp"

// The label-variation sets (docs/papers.md, Label variation) from the raw files of SciERC and SemEval-2018
// Task 7: one text, two annotations.
namespace spanlab::host {

/// SciERC's EVALUATE-FOR goes from the metric to the method; SemEval's RESULT from the method to its result.
enum class ResultDirection {
  flipped,  ///< RESULT(a, b) becomes Evaluate-for(b, a), as SciERC means it
  released  ///< Evaluate-for(a, b), as the released data have it
};

/// An abstract of SciERC, its words and sentences, with SciERC's annotation as view 0 and, once projected,
/// SemEval's as view 1.
struct Abstract {
  std::string id;
  std::string split;
  std::vector<Sentence> sentences;
};

/// What became of SemEval's annotation of some texts.
struct SemEvalAccount {
  std::int64_t texts = 0;
  std::int64_t entities = 0;           ///< marked in abstracts
  std::int64_t entities_absent = 0;    ///< whose words SciERC's version of the text lacks
  std::int64_t entities_left_out = 0;  ///< over the end of a sentence, or there already
  std::int64_t relations = 0;
  std::int64_t relations_left_out = 0;  ///< between sentences, or of an entity that is left out
};

/// One file of the built data.
struct BuiltSet {
  /// `overlap`, `sci_non_overlap`, …; `standard_overlap`: the test abstracts that both annotate.
  std::string name;
  /// One entity type and the five relations that both annotations have, or all types.
  bool reduced = true;
  /// Views `sci` and `sem`.
  std::vector<Sentence> sentences;
  std::vector<std::string> abstracts;
};

struct LabelVariation {
  std::vector<BuiltSet> sets;
  std::map<std::string, std::int64_t> matched;  ///< SciERC's split → abstracts that SemEval has too
  std::int64_t matched_by_text = 0;             ///< of them, those whose id is missing
  SemEvalAccount overlap;                       ///< SemEval's annotation of the matched abstracts
  SemEvalAccount non_overlap;                   ///< of the others
};

/// The types of both views: one entity type and five relations each, or all.
SPANLAB_API std::vector<Inventory> label_variation_types(bool reduced);

/// For each abstract the text that is the same, or none: the one of that id; where an abstract or all texts
/// have no id (SciERC's reader calls it `line3`), the first text that more than 60 % of the abstract's
/// letters are in.
SPANLAB_API std::vector<const MarkedText*> match_texts(const std::vector<Abstract>& abstracts,
                                                       const std::vector<MarkedText>& texts);

/// Builds all sets from the files of the cards `scierc_json`, `semeval_1_1` (training) and `semeval_2`
/// (test). Throws Error(data).
SPANLAB_API LabelVariation build_label_variation(const CardIndex& cards, ResultDirection result);

/// Writes the sets and their cards below `folder`, which must not exist or be empty: it appears whole or not
/// at all. `--data-path` then finds the cards `label_variation_built` and `label_variation_overlap_built`.
/// Throws Error(usage) or Error(environment).
SPANLAB_API void write_label_variation(const LabelVariation& built, const std::string& report,
                                       const std::filesystem::path& folder);

}  // namespace spanlab::host
