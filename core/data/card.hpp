// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "spanlab/annotation.hpp"
#include "spanlab/error.hpp"
#include "spanlab/export.hpp"
#include "spanlab/pretrained.hpp"

namespace spanlab {

/// Whether two predicted or gold entities may share words in the scores (docs/papers.md, Scores: ADE
/// without overlap).
enum class Overlap { allowed, removed };

/// A file named by a card: its path below the data set's folder, and what it must hash to.
struct CardFile {
  std::string path;
  std::string sha256;      ///< lower-case hexadecimal
  std::int64_t first = 0;  ///< of a split: only so many sentences of the file, from its beginning; 0: all
};

/// A data-set card, `datasets/<name>.toml`.
struct DataCard {
  std::string name;  ///< the file's name without `.toml`
  std::string title;
  std::string licence;
  std::string source;
  std::string reader;          ///< `spert`, `scierc`, `semeval`, `scirex` or `triples`
  std::filesystem::path file;  ///< the card itself, for messages
  std::string folder;          ///< the folder's usual name, the card's own unless it says otherwise
  std::optional<CardFile>
      types;  ///< the types of all views, in SpERT's form; absent where the card lists them
  std::vector<Inventory>
      inventories;  ///< the types that the card lists, one per view; empty where `types` is given
  std::map<std::string, CardFile> splits;     ///< train, dev, test, …
  std::map<std::string, CardFile> relations;  ///< the second file of each split of SemEval's form
  std::int64_t folds = 0;                     ///< above 0: splits `train0`, `test0`, … of so many folds
  bool skip_empty = false;                    ///< sentences without words are left out, not refused
  std::vector<std::vector<std::string>>
      apart;  ///< splits that should have no sentence in common; all, unless the card says other
  std::vector<std::string> views;  ///< `default` unless the set has more
  std::string primary;             ///< the relation score that the field compares: `strict` or `boundary`
  Overlap overlap = Overlap::allowed;
};

/// A pretrained encoder's card, `datasets/models/<name>.toml`: a folder with config.json, vocab.txt,
/// model.safetensors. A trial counts the files that it names, see datasets/models/README.md.
struct ModelCard {
  std::string name;
  std::string title;
  std::string licence;
  std::string source;
  std::filesystem::path file;
  std::optional<bool> uncased;  ///< whether words are lower-cased, if the card says it; see read_text_rules()
  std::vector<CardFile> files;
};

/// Which files of a folder are compared with the sums of its card.
enum class Compared { all, all_but_weights, none };

/// Where cards and the files that they name are looked for, in order.
struct DataLocations {
  std::vector<std::filesystem::path> cards;    ///< folders with *.toml and models/*.toml
  std::vector<std::filesystem::path> files;    ///< folders that hold a folder per data set
  std::filesystem::path site;                  ///< the user's site file, may not exist; asked after `files`
  std::vector<std::filesystem::path> builtin;  ///< like `files`, asked after the site file
};

/// A file that lies where cards do and cannot be read as one. It stops only who names it.
struct BrokenCard {
  std::filesystem::path file;
  std::vector<Problem> problems;
  bool foreign = false;  ///< has none of the tables and keys of a card: something else's configuration
};

/// The cards of all locations, read once, and those that `data add` remembered. A file that is no card, or a
/// broken one, is told when it is asked for by its name; a broken one hides a card of the same name in a
/// later location, a foreign one does not.
class SPANLAB_API CardIndex {
 public:
  explicit CardIndex(DataLocations locations);

  /// Throw Error(usage) with the nearest known name; Error(data) with file, line and column if the card is
  /// broken.
  const DataCard& data(const std::string& name) const;
  const ModelCard& model(const std::string& name) const;
  std::vector<std::string> data_names() const;
  std::vector<std::string> model_names() const;
  /// The broken cards that are not foreign, data sets then encoders.
  std::vector<BrokenCard> broken() const;

  /// The folder that holds the files of the card: --data-path, $SPANLAB_DATA, site file, built-in places.
  /// Throws Error(data) that lists what was tried and says which command registers the folder.
  std::filesystem::path folder(const DataCard& card) const;
  std::filesystem::path folder(const ModelCard& card) const;

  /// The model as encoders get it. Throws Error(data) with each file that differs, besides what folder()
  /// throws; weights (.safetensors) need not be compared by who does not read them.
  PretrainedModel pretrained(const ModelCard& card, Compared compared = Compared::all) const;

  /// Checks that `folder` holds every file of the data set or model `name`, and writes it into the user's
  /// site file, with the card where that is not the installation's own. Throws Error(data) with every file
  /// that is missing or other than the card says, or if the path is not UTF-8. Returns the folder's absolute
  /// path.
  std::filesystem::path add(const std::string& name, const std::filesystem::path& folder) const;

  const std::filesystem::path& site() const { return locations_.site; }

  /// The identity of content, from the card alone: hash over the checksums that it names for these splits and
  /// the types file, and the evaluation set-up. Throws Error(usage) for a split that the card does not have.
  static std::string content_hash(const DataCard& card, std::span<const std::string> splits);
  static std::string content_hash(const ModelCard& card);

 private:
  template <typename Card>
  struct Cards {
    std::map<std::string, Card> good;
    std::map<std::string, BrokenCard> broken;
  };
  template <typename Card, typename Read>
  static void take(Cards<Card>& cards, const std::string& name, const std::filesystem::path& file, Read read);
  template <typename Card>
  const Card& find(const Cards<Card>& cards, const std::string& name, const char* what,
                   const std::string& own) const;
  void read_remembered();

  DataLocations locations_;
  Cards<DataCard> data_;
  Cards<ModelCard> models_;
  std::vector<Problem> site_problems_;
};

/// The card's file of a split, or Error(usage) with the nearest split.
SPANLAB_API const CardFile& split_file(const DataCard& card, const std::string& split);

/// All files of a split: the text, then the relations where they stand apart.
SPANLAB_API std::vector<CardFile> split_files(const DataCard& card, const std::string& split);

/// Checks the remembered SHA-256 of `path` below `folder` against the card. Throws Error(data) naming both
/// sums.
SPANLAB_API void verify(const std::filesystem::path& folder, const CardFile& file);

/// SHA-256 of a whole file or of bytes, lower-case hexadecimal.
SPANLAB_API std::string sha256_of_file(const std::filesystem::path& file);
SPANLAB_API std::string sha256_of(std::string_view bytes);

/// The same of a large file from the user's cache, as long as it has the size and time it had then.
SPANLAB_API std::string remembered_sha256_of_file(const std::filesystem::path& file);

/// The built-in look-up order for a program: `--data-path` entries first, then $SPANLAB_DATA, the site file,
/// `../shared/datasets` beside the checkout; cards from the installation or checkout.
SPANLAB_API DataLocations standard_locations(std::span<const std::string> data_path);

}  // namespace spanlab
