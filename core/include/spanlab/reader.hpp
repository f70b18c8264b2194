// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "spanlab/annotation.hpp"
#include "spanlab/context.hpp"
#include "spanlab/error.hpp"
#include "spanlab/export.hpp"
#include "spanlab/marked_text.hpp"

namespace spanlab {

/// Whether a reader looks for entities and relations: a corpus needs them, predictions may lack them, and
/// sentences that are to be predicted on are read without.
enum class Annotations { needed, optional, none };

/// What a reader is given: the files of one split, and how to understand them.
struct ReaderInput {
  /// The split's file. Its content may stand in `text` instead, for standard input has no file.
  std::filesystem::path file;
  /// Further files of the split, by the names in ComponentInfo::beside, each of them there.
  std::map<std::string, std::filesystem::path> beside = {};
  /// Names of the views, in the order that Sentence::views has; one unless ComponentInfo::views.
  std::vector<std::string> views = {"default"};
  /// The types of each view.
  std::span<const Inventory> inventories = {};
  Annotations annotations = Annotations::needed;
  /// Sentences without words are left out and counted, not refused.
  bool skip_empty = false;
  std::optional<std::string> text = {};
};

/// The text of the input, known to be UTF-8; a problem and an empty text as read_text has them.
SPANLAB_API std::string text_of(const ReaderInput& input, std::vector<Problem>& problems);

/// Reads a form of corpus. A card names its reader; the files' checksums have been compared when it is
/// called.
class SPANLAB_API Reader : public Component {
 public:
  ~Reader() override;

  /// All sentences of the split, in the order of the file: a corpus is held in memory, so there are no
  /// streams. Ids may repeat or be empty, for whoever calls makes them unique. Relations that are symmetric
  /// are turned (turn_symmetric in `spanlab/corpus_item.hpp`). Whatever is wrong is added to `problems` by
  /// add_problem, with the place, what was expected and what stands there, and reading goes on with the next
  /// item, so that all of a file is told at once; of one kind 20 are kept and the others counted. What
  /// sentences cannot say though nothing is wrong is counted in `left_out`. With problems, the sentences are
  /// not looked at.
  std::vector<Sentence> read(const ReaderInput& input, LeftOut& left_out,
                             std::vector<Problem>& problems) const;

  /// The documents before words and sentences are cut, of a form that has running text.
  MarkedCorpus texts(const ReaderInput& input, std::vector<Problem>& problems) const;

 protected:
  virtual std::vector<Sentence> do_read(const ReaderInput& input, LeftOut& left_out,
                                        std::vector<Problem>& problems) const = 0;
  /// As it stands: Error(usage), for the form has none.
  virtual MarkedCorpus do_texts(const ReaderInput& input, std::vector<Problem>& problems) const;
};

}  // namespace spanlab
