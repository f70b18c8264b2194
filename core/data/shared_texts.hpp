// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "data/dataset.hpp"

// Texts that two data sets share though their words and sentences are cut otherwise.
namespace spanlab::host {

/// The letters and digits of texts, as runs of 40. Of the runs it keeps those, about one in four, whose hash
/// ends in two zero bits: the same ones wherever they occur, so that texts can be compared.
class SPANLAB_API TextIndex {
 public:
  void add(std::string_view text);
  /// The share of the kept runs of `text` that are in the index; 0 where it has none, as texts of fewer than
  /// 40 letters.
  double share(std::string_view text) const;

 private:
  std::unordered_set<std::uint64_t> runs_;
};

/// A document's words joined, or a sentence's where documents are unknown.
struct SharedText {
  std::string id;
  std::string text;
};

SPANLAB_API std::vector<SharedText> text_units(const Corpus& corpus);

/// The units of `texts` more than half of which is in `where`: their ids.
SPANLAB_API std::vector<std::string> shared_texts(const Corpus& texts, const Corpus& where);

}  // namespace spanlab::host
