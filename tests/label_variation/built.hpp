// SPDX-License-Identifier: MIT
#pragma once

#include <map>

#include "components.hpp"
#include "label_variation/comparison.hpp"
#include "test.hpp"

// The label-variation sets from the public files, where they are at hand.
namespace spanlab::test {

/// Absent data sets fail the test where CI=true.
inline bool data_at_hand() {
  if (std::filesystem::is_directory(shared_folder() / "datasets")) return true;
  BOOST_TEST(!on_ci(), "no data sets in " << shared_folder());
  return false;
}

inline const CardIndex& shared_cards() {
  static const std::vector<std::string> path{(shared_folder() / "datasets").string()};
  static const CardIndex index(standard_locations(path), components());
  return index;
}

/// Built once for all tests.
inline const LabelVariation& built_sets(ResultDirection result = ResultDirection::flipped) {
  static std::map<ResultDirection, LabelVariation> all;
  if (!all.contains(result)) all[result] = build_label_variation(shared_cards(), result);
  return all.at(result);
}

inline const BuiltSet& built_set(const std::string& name, ResultDirection result = ResultDirection::flipped) {
  return *std::ranges::find(built_sets(result).sets, name, &BuiltSet::name);
}

inline Corpus shared_corpus(const char* card_name, const char* split) {
  const DataCard& card = shared_cards().data(card_name);
  return read_corpus(card, shared_cards().folder(card), std::vector<std::string>{split});
}

/// The texts of a split in SemEval's form, before words and sentences are cut.
inline std::vector<MarkedText> marked_texts(const char* card_name, const char* split) {
  const DataCard& card = shared_cards().data(card_name);
  std::vector<Problem> problems;
  return card.reader.make()->texts(reader_input(card, shared_cards().folder(card), split), problems).texts;
}

}  // namespace spanlab::test
